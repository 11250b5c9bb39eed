import type { Call, Comparison, Expression, Membership } from '../ast.ts';
import { arithmetic } from '../functions/arithmetic.ts';
import type { Value } from '../functions/definition.ts';
import { findFunction } from '../functions/index.ts';
import { patternTest } from '../pattern.ts';
import { asksForNull, compareNullable, isMember, negateIf, notOf, orient } from '../scalar.ts';
import { type FieldTypes, typeOf } from '../semantic/types.ts';
import { domainOf } from '../values/compare.ts';

/** Where an expression finds the values of its fields: one at a time, in slots that its leaf fills. */
export interface Frame {
  readonly slots: readonly Value[];
  readonly names: readonly string[];
  readonly fields: FieldTypes;
}

/** The value of an expression for what is in the slots: three-valued where it is a condition. */
export type Evaluator = () => Value;

export function compileScalar(expression: Expression, frame: Frame): Evaluator {
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression;
      return () => value;
    }
    case 'field': {
      const { slots } = frame;
      const slot = frame.names.indexOf(expression.name);
      return () => slots[slot];
    }
    case 'negation': {
      const operand = compileScalar(expression.operand, frame);
      return () => {
        const value = operand();
        return typeof value === 'number' ? -value : null;
      };
    }
    case 'arithmetic': {
      const left = compileScalar(expression.left, frame);
      const right = compileScalar(expression.right, frame);
      const types = [typeOf(expression.left, frame.fields), typeOf(expression.right, frame.fields)] as const;
      const compute = arithmetic(expression.operator, types[0], types[1]);
      return () => compute(left(), right());
    }
    case 'comparison':
      return compileComparison(orient(expression), frame);
    case 'in':
      return compileMembership(expression, frame);
    case 'pattern': {
      const operand = compileScalar(expression.operand, frame);
      const test = patternTest(
        expression.operator,
        expression.patterns.map((pattern) => String(pattern.value)),
      );
      return () => {
        const value = operand();
        return typeof value === 'string' ? test(value) : null;
      };
    }
    case 'call':
      return compileCall(expression, frame);
    case 'not': {
      const operand = compileScalar(expression.operand, frame);
      return () => notOf(operand());
    }
    case 'and':
      return chain(expression.operands, frame, false);
    case 'or':
      return chain(expression.operands, frame, true);
  }
}

/** `decisive` is the outcome of one operand that settles the whole. */
function chain(operands: readonly Expression[], frame: Frame, decisive: boolean): Evaluator {
  const evaluators = operands.map((operand) => compileScalar(operand, frame));
  return () => {
    let isOpen = false;
    for (const evaluate of evaluators) {
      const outcome = evaluate();
      if (outcome === decisive) return decisive;
      if (outcome !== !decisive) isOpen = true;
    }
    return isOpen ? null : !decisive;
  };
}

function compileComparison(expression: Comparison, frame: Frame): Evaluator {
  const left = compileScalar(expression.left, frame);
  const right = compileScalar(expression.right, frame);
  const domain = domainOf(typeOf(expression.left, frame.fields));
  const { operator } = expression;
  const forNull = asksForNull(expression);
  return () => compareNullable(domain, operator, left(), right(), forNull);
}

function compileMembership(expression: Membership, frame: Frame): Evaluator {
  const operand = compileScalar(expression.operand, frame);
  const members = expression.values.map((value) => compileScalar(value, frame));
  const values: Value[] = members.map(() => null);
  const domain = domainOf(typeOf(expression.operand, frame.fields));
  const { negated, insensitive } = expression;
  return () => {
    for (let i = 0; i < members.length; i++) values[i] = members[i]();
    return negateIf(negated, isMember(domain, operand(), values, insensitive));
  };
}

function compileCall(expression: Call, frame: Frame): Evaluator {
  const definition = findFunction(expression.name);
  if (!definition) return () => null;
  const { args } = expression;
  const evaluators = args.map((arg) => compileScalar(arg, frame));
  const constants = args.map((arg) => (arg.kind === 'literal' ? arg.value : undefined));
  const types = args.map((arg) => typeOf(arg, frame.fields));
  const call = definition.prepare(expression.insensitive, constants, types);
  const values: Value[] = args.map(() => null);
  return () => {
    for (let i = 0; i < evaluators.length; i++) values[i] = evaluators[i]();
    return call(values);
  };
}
