import type { Scalar } from '../../base/field.ts';
import type { ComparisonLeaf, MemberLeaf } from '../condition.ts';
import { equalsMember } from '../scalar.ts';
import { compareDate, compareValues, dateSpanOf, holds, toNumber } from '../values/compare.ts';
import { millisOf } from '../values/date.ts';
import { blockHas, compareIp, parseBlock, parseIp } from '../values/ip.ts';
import type { TextTest } from '../wildcard/general.ts';
import { exactTest } from '../wildcard/list.ts';

export type ScalarTest = (value: Scalar) => boolean;

/** `compareValues` with its constant prepared. */
export function comparisonTest({ domain, operator, value: constant }: ComparisonLeaf): ScalarTest {
  switch (domain) {
    case 'ip':
      return ipTest(operator, String(constant));
    case 'date': {
      const span = dateSpanOf(constant);
      return (value) => compareDate(operator, millisOf(value), span);
    }
    case 'number':
      return numberTest(operator, toNumber(constant));
    case 'string': {
      const asText = textTest(operator, String(constant));
      return (value) => asText(String(value));
    }
    case 'dynamic': {
      const asText = textTest(operator, String(constant));
      const asNumber = numberTest(operator, toNumber(constant));
      return (value) => {
        if (typeof value === 'string') return asText(value);
        return typeof value === 'number' ? asNumber(value) : compareValues('boolean', operator, value, constant);
      };
    }
    case 'boolean':
    case 'version':
      return (value) => compareValues(domain, operator, value, constant);
  }
}

function textTest(operator: ComparisonLeaf['operator'], constant: string): TextTest {
  switch (operator) {
    case '==':
      return (value) => value === constant;
    case '<':
      return (value) => value < constant;
    case '<=':
      return (value) => value <= constant;
    case '>':
      return (value) => value > constant;
    case '>=':
      return (value) => value >= constant;
  }
}

function numberTest(operator: ComparisonLeaf['operator'], constant: number): ScalarTest {
  switch (operator) {
    case '==':
      return (value) => toNumber(value) === constant;
    case '<':
      return (value) => toNumber(value) < constant;
    case '<=':
      return (value) => toNumber(value) <= constant;
    case '>':
      return (value) => toNumber(value) > constant;
    case '>=':
      return (value) => toNumber(value) >= constant;
  }
}

const address = new Uint32Array(4);

function ipTest(operator: ComparisonLeaf['operator'], constant: string): ScalarTest {
  const words = new Uint32Array(4);
  if (!parseIp(constant, words)) {
    const block = operator === '==' ? parseBlock(constant) : null;
    if (block === null) return () => false;
    return (value) => typeof value === 'string' && parseIp(value, address) && blockHas(block, address);
  }
  const isDotted = !constant.includes(':');
  return (value) => {
    if (typeof value !== 'string') return false;
    if (operator === '==') {
      if (value === constant) return true;
      // An IPv4 address has one dotted form; other forms of it start with : or 0.
      if (isDotted && !startsLikeMapped(value)) return false;
    }
    return parseIp(value, address) && holds(operator, compareIp(address, words));
  };
}

function startsLikeMapped(value: string): boolean {
  const first = value.charCodeAt(0);
  return first === 0x3a || first === 0x30;
}

/** Whether a value is one of a list; strings and numbers without a look at each of the other kind. */
export function memberTest(leaf: MemberLeaf): ScalarTest {
  const { domain, values, insensitive } = leaf;
  const numbers = values.map(toNumber);
  switch (domain) {
    case 'string':
    case 'dynamic': {
      const texts = exactTest(values.map(String), insensitive);
      return (value) => {
        if (typeof value === 'string') return texts(value);
        if (domain === 'dynamic' && typeof value === 'number') return numbers.includes(value);
        return values.some((member) => equalsMember(domain, value, member, insensitive));
      };
    }
    case 'number':
      return (value) =>
        typeof value === 'number' ? numbers.includes(value) : numbers.some((number) => number === toNumber(value));
    case 'boolean':
    case 'date':
    case 'ip':
    case 'version': {
      const tests = values.map((value) => comparisonTest({ ...leaf, kind: 'comparison', operator: '==', value }));
      return (value) => tests.some((test) => test(value));
    }
  }
}
