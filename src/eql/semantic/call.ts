import { nearest } from '../../base/nearest.ts';
import type { Call, Expression } from '../ast.ts';
import { formatExpression } from '../format/expression.ts';
import {
  type FunctionDefinition,
  maximumArguments,
  minimumArguments,
  type Parameter,
  parameterAt,
} from '../functions/definition.ts';
import { findFunction, functionNames } from '../functions/index.ts';
import { foldConstants } from '../optimizer/fold.ts';
import { parseBlock } from '../values/ip.ts';
import type { ValueType } from '../values/type.ts';
import { type CheckContext, describe } from './context.ts';
import { typeOf } from './types.ts';

/** The function exists, and takes these arguments. */
export function checkCall(call: Call, context: CheckContext): void {
  const definition = findFunction(call.name);
  if (!definition) {
    unknownFunction(call, context);
    return;
  }
  if (call.insensitive && !definition.hasInsensitiveForm) {
    const message = `${definition.name} has no form that ignores case`;
    context.diagnostics.error('case-sensitive-only', call.nameSpan, message, `write ${definition.name}(...)`);
  }
  if (!hasRightCount(call, definition, context)) return;
  call.args.forEach((arg, index) => {
    checkArgument(arg, parameterAt(definition, index), definition, context);
  });
}

function unknownFunction({ name, nameSpan }: Call, { diagnostics }: CheckContext): void {
  const instead = OLD_FUNCTIONS.get(name.toLowerCase());
  if (instead) {
    diagnostics.error('unsupported-function', nameSpan, `the function ${name} is not supported`, instead);
    return;
  }
  const close = nearest(name, functionNames());
  const help =
    close.length > 0 ? `did you mean ${close.join(' or ')}?` : `there are ${functionNames().sort().join(', ')}`;
  diagnostics.error('unknown-function', nameSpan, `there is no function ${name}`, help);
}

/** Functions of older engines, in lower case, and what to write instead. */
const OLD_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['wildcard', 'write field : "pattern" to ignore case, or field like "pattern"'],
  ['match', 'write field regex "expression"'],
  ['matchlite', 'write field regex "expression"'],
  ['arraycontains', 'write field == value: it is met where any of the values is'],
  ['arraycount', 'the number of values cannot be asked for'],
  ['arraysearch', 'a condition on a field is met where any of its values meets it'],
  ['safe', 'leave it out: a part without an answer does not match'],
]);

function hasRightCount(call: Call, definition: FunctionDefinition, { diagnostics }: CheckContext): boolean {
  const least = minimumArguments(definition);
  const most = maximumArguments(definition);
  const given = call.args.length;
  if (given >= least && given <= most) return true;
  const wanted = least === most ? `${least}` : Number.isFinite(most) ? `${least} to ${most}` : `at least ${least}`;
  const noun = wanted === '1' || wanted === 'at least 1' ? 'argument' : 'arguments';
  const message = `${definition.name} takes ${wanted} ${noun}, but has ${given}`;
  diagnostics.error('argument-count', call.span, message, `write ${signature(definition)}`);
  return false;
}

/** `indexOf(source, substring[, start])` */
function signature(definition: FunctionDefinition): string {
  const parameters = definition.parameters.map(({ name, optional, repeated }, index) => {
    const text = `${index > 0 ? ', ' : ''}${name}${repeated ? '[, ...]' : ''}`;
    return optional ? `[${text}]` : text;
  });
  return `${definition.name}(${parameters.join('')})`;
}

function checkArgument(
  arg: Expression,
  parameter: Parameter,
  definition: FunctionDefinition,
  context: CheckContext,
): void {
  const { diagnostics, fields } = context;
  const folded = foldConstants(arg, fields);
  const place = `the ${parameter.name} of ${definition.name}`;
  if (parameter.constant && folded.kind !== 'literal') {
    diagnostics.error('not-a-constant', arg.span, `${place} must be a constant`);
    return;
  }
  const type = typeOf(folded, fields);
  if (!accepts(parameter, type)) {
    const isText = parameter.type === 'string' && type !== 'boolean' && definition.name !== 'number';
    const help = isText ? `write string(${formatExpression(arg)})` : undefined;
    const hasFraction = type === 'double' && parameter.type === 'integer';
    const found = hasFraction ? 'a number with a fraction' : describe(type);
    const message = `${place} must be ${describeParameter(parameter)}, but this is ${found}`;
    diagnostics.error('type-mismatch', arg.span, message, help);
    return;
  }
  const isBlock = parameter.name === 'block' && folded.kind === 'literal' && typeof folded.value === 'string';
  if (isBlock && parseBlock(String(folded.value)) === null) {
    const message = `${JSON.stringify(folded.value)} is not a block of addresses`;
    diagnostics.error('invalid-cidr', arg.span, message, 'write it as "10.0.0.0/8" or "2001:db8::/32"');
  }
}

function accepts({ type: wanted }: Parameter, type: ValueType): boolean {
  if (type === 'null' || type === 'unknown') return true;
  switch (wanted) {
    case 'any':
      return true;
    case 'string':
      return type === 'string' || type === 'version';
    case 'ip':
      return type === 'ip' || type === 'string';
    case 'number':
      return type === 'integer' || type === 'double';
    case 'integer':
    case 'boolean':
      return type === wanted;
  }
}

function describeParameter({ type }: Parameter): string {
  switch (type) {
    case 'ip':
      return 'an IP address';
    case 'integer':
      return 'a whole number';
    default:
      return `a ${type}`;
  }
}
