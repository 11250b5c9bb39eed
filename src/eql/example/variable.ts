import type { Scalar } from '../../base/field.ts';
import type { ValueType } from '../values/type.ts';

/** What is looked for: the value of a field of an event, or the one that fields of several events have in common. */
export interface Variable {
  readonly name: string;
  /** Of each field that it is the value of. */
  readonly types: Set<ValueType>;
  /** Values to be tried before others, where conditions leave them open. */
  readonly preferred: readonly Scalar[];
}

/** The values of variables; one that has none is missing. */
export type Assignment = ReadonlyMap<Variable, readonly Scalar[]>;

/**
 * A variable with a value that its name suggests, such as "host-1" for host.id.
 * @param number tells values of one example from those of another
 */
export function variableFor(name: string, type: ValueType, number: number): Variable {
  return { name, types: new Set([type]), preferred: preferredValues(name, type, number) };
}

function preferredValues(name: string, type: ValueType, number: number): Scalar[] {
  switch (type) {
    case 'integer':
    case 'double':
      return [1000 + number, 2000 + number];
    case 'ip':
      return [`10.0.${number >>> 8}.${number & 255}`];
    case 'version':
      return [`1.0.${number}`];
    case 'boolean':
      return [true];
    case 'date':
    case 'null':
      return [];
    case 'string':
    case 'unknown':
      return ['', '-b', '-c', '-d'].map((end) => `${stem(name)}-${number}${end}`);
  }
}

/** What an identifier is of: "host" of host.id and host.name, "path" of file.path. */
function stem(name: string): string {
  const parts = name.split('.').filter((part) => /^[a-z][a-z_]*$/i.test(part));
  const last = parts.at(-1) ?? 'value';
  const isId = /^(?:id|name|entity_id|uid)$/.test(last);
  return (isId && parts.at(-2)) || last;
}
