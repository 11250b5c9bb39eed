import type { Scalar } from '../../base/field.ts';
import type { ValueType } from '../values/type.ts';

export type Value = Scalar | null;

/** What an argument must be. `constant` says that it cannot depend on a field. */
export interface Parameter {
  readonly name: string;
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'ip' | 'any';
  readonly constant?: true;
  readonly optional?: true;
  /** Stands for one argument or more; the last. */
  readonly repeated?: true;
  /** A null here does not make the result null. */
  readonly nullAllowed?: true;
}

/** Takes the arguments in order; those left out are absent. A null, or a value of the wrong type, gives null. */
type Evaluate = (args: readonly Value[]) => Value;

/**
 * A function of the language. `prepare` is called once for each place where a query calls it, and what it answers once
 * for each value; constants and values of fields go the same way.
 */
export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** There is a form `name~` that ignores case. */
  readonly hasInsensitiveForm: boolean;
  returns(args: readonly ValueType[]): ValueType;
  /**
   * @param constants the arguments that are constants, undefined for the others
   * @param types of the arguments: whole numbers and others are told apart by them
   */
  prepare(insensitive: boolean, constants: readonly (Value | undefined)[], types: readonly ValueType[]): Evaluate;
}

export function minimumArguments(definition: FunctionDefinition): number {
  return definition.parameters.filter((parameter) => !parameter.optional).length;
}

export function maximumArguments(definition: FunctionDefinition): number {
  return definition.parameters.some((parameter) => parameter.repeated)
    ? Number.POSITIVE_INFINITY
    : definition.parameters.length;
}

/** The parameter that the argument at `index` is for. */
export function parameterAt(definition: FunctionDefinition, index: number): Parameter {
  return definition.parameters[Math.min(index, definition.parameters.length - 1)];
}
