import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../index.ts';
import { foldConstants } from '../optimizer/fold.ts';
import { fieldTypes } from '../semantic/types.ts';
import type { Value } from './definition.ts';

/** What each function gives for constants; values of fields go the same way. */
const LINES: readonly (readonly [call: string, value: Value])[] = [
  ['add(4, 0.5)', 4.5],
  ['subtract(-2, 4)', -6],
  ['multiply(0.25, 2)', 0.5],
  ['divide(4, 3)', 1],
  ['divide(-7, 2)', -3],
  ['divide(4, 3.0)', 4 / 3],
  ['modulo(10, -6)', 4],
  ['modulo(-10, -6)', -4],
  ['modulo(10, 0.5)', 0],
  ['add(null, 1)', null],
  ['1 / 0', null],
  ['1 % 0', null],
  ['1 / 0.0', Number.POSITIVE_INFINITY],
  ['string(42)', '42'],
  ['string(42.5)', '42.5'],
  ['string(42.0)', '42.0'],
  ['string(12345678.0)', '1.2345678E7'],
  ['string(0.0001)', '1.0E-4'],
  ['string(null)', null],
  ['number("  +1337  ")', 1337],
  ['number("-0x10")', -16],
  ['number("0xdeadbeef", null)', 3735928559],
  ['number("ff", 16)', 255],
  ['number("fg", 16)', null],
  ['number("")', null],
  ['number("1.5e3")', 1500],
  ['number("12", 40)', null],
  ['number("0x10", 10)', null],
  ['length("")', 0],
  ['length("é😀")', 3],
  ['concat("a", 1, 2.0, true)', 'a12.0true'],
  ['concat("a", null)', null],
  ['substring("start regsvr32.exe", 6, 14)', 'regsvr32'],
  ['substring("abc", 5)', ''],
  ['substring("abc", 2, 1)', ''],
  ['between("file.exe", "f", ".")', 'ile'],
  ['between("a-b-c", "-", "-")', 'b'],
  ['between("a-b-c-d", "-", "-", true)', 'b-c'],
  ['between("a-b", "-", "-", true)', null],
  ['between("", "a", "b")', ''],
  ['between~("xAyBz", "a", "b")', 'y'],
  ['indexOf("subdomain.example.com", ".", 10)', 17],
  ['indexOf("subdomain", "b", -6)', 2],
  ['indexOf("abc", "", 2)', 2],
  ['indexOf("abc", "c", 30)', null],
  ['indexOf("abc", "c", null)', 2],
  ['indexOf~("ABC", "b")', 1],
  ['startsWith("", "")', true],
  ['startsWith~("ABC", "ab")', true],
  ['startsWith("ABC", "ab")', false],
  ['endsWith~("ABC", "bC")', true],
  ['endsWith("abc", "")', true],
  ['stringContains("abc", "")', false],
  ['stringContains~("ABC", "b")', true],
  ['stringContains("abc", null)', null],
  ['cidrMatch("192.168.152.12", "192.168.0.0/16", "10.0.0.0/8")', true],
  ['cidrMatch("10.0.0.1", "::/0")', true],
  ['cidrMatch("fd00:ec2::254", "fd00::/8")', true],
  ['cidrMatch("no address", "10.0.0.0/8")', null],
  ['cidrMatch(null, "10.0.0.0/8")', null],
  ['STARTSWITH("ab", "a")', true],
];

test('functions give what their documentation and tests say', () => {
  for (const [call, expected] of LINES) {
    const { query } = check(`any where string(${call}) == ""`);
    assert.ok(query?.kind === 'event' && query.filter.condition.kind === 'comparison', call);
    const { left } = query.filter.condition;
    assert.ok(left.kind === 'call');
    const folded = foldConstants(left.args[0], fieldTypes(undefined, false));
    assert.ok(folded.kind === 'literal', call);
    assert.equal(folded.value, expected, call);
  }
});
