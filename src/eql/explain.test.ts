import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Explanation } from './index.ts';
import { catalogueOf, matcherOf } from './support.test.ts';

const QUERY = `network where destination.ip == "169.254.169.254" and not process.name : ("ssm*", "cloud-init") and (
  user_agent.original : ("curl*", "*python*") or process.args in ("-s", "--silent") or length(url.path) > 100
)`;

const EVENT = {
  'event.category': ['network', 'web'],
  'destination.ip': '169.254.169.254',
  'user_agent.original': 'My-Python/1',
  'process.args': ['curl', '-s'],
  'url.path': '/latest',
};

test('evidence names the clauses that made a document match, in source order', () => {
  const matcher = matcherOf(QUERY);
  assert.equal(matcher.matches(EVENT), true);
  const found = matcher.evidence(EVENT);
  for (const { clause, span } of found) assert.equal(QUERY.slice(span.start, span.end), clause);
  assert.deepEqual(
    found.map(({ span: _, ...rest }) => rest),
    [
      {
        clause: 'destination.ip == "169.254.169.254"',
        field: 'destination.ip',
        value: '169.254.169.254',
        negated: false,
      },
      { clause: 'process.name : ("ssm*", "cloud-init")', field: 'process.name', value: undefined, negated: true },
      {
        clause: 'user_agent.original : ("curl*", "*python*")',
        field: 'user_agent.original',
        value: 'My-Python/1',
        negated: false,
        matched: '*python*',
      },
      {
        clause: 'process.args in ("-s", "--silent")',
        field: 'process.args',
        value: ['curl', '-s'],
        negated: false,
        matched: '-s',
      },
    ],
  );
});

test('evidence of negations is what does not hold', () => {
  const matcher = matcherOf('any where not (a == 1 and b == 2) and c != 3 and d not in ("x")');
  const found = matcher.evidence({ a: 1, b: 5, c: 4, d: 'y' });
  assert.deepEqual(
    found.map(({ clause, negated }) => [clause, negated]),
    [
      ['b == 2', true],
      ['c != 3', false],
      ['d not in ("x")', false],
    ],
  );
});

test('evidence of an expression with several fields has each of them', () => {
  const found = matcherOf('any where concat(a, b) == "xy"').evidence({ a: 'x', b: 'y' });
  assert.deepEqual(
    found.map(({ field, value }) => [field, value]),
    [
      ['a', 'x'],
      ['b', 'y'],
    ],
  );
});

function outline({ text, outcome, children }: Explanation, indent = ''): string[] {
  const short = text.replace(/\s+/g, ' ');
  return [`${indent}${outcome} ${short.slice(0, 40)}`, ...children.flatMap((child) => outline(child, `${indent}  `))];
}

test('an explanation has every part with what it says of the document', () => {
  assert.deepEqual(outline(matcherOf(QUERY).explain({ ...EVENT, 'process.name': 'cloud-init' })), [
    'false network where destination.ip == "169.254',
    '  true network',
    '  false destination.ip == "169.254.169.254" and ',
    '    true destination.ip == "169.254.169.254"',
    '    false not process.name : ("ssm*", "cloud-init"',
    '      true process.name : ("ssm*", "cloud-init")',
    '    true user_agent.original : ("curl*", "*python',
    '      true user_agent.original : ("curl*", "*python',
    '      true process.args in ("-s", "--silent")',
    '      false length(url.path) > 100',
  ]);
});

test('what has no answer whatever the document is, is not evaluated', () => {
  const options = { catalogue: catalogueOf({ a: 'keyword' }), unknownFields: 'error' } as const;
  const explanation = matcherOf('any where ?none : "x" or a == "y"', options).explain({ a: 'y' });
  assert.deepEqual(outline(explanation), [
    'true any where ?none : "x" or a == "y"',
    '  true any',
    '  true ?none : "x" or a == "y"',
    '    not evaluated ?none : "x"',
    '    true a == "y"',
  ]);
  assert.deepEqual(explanation.children[1].children[1].fields, [{ field: 'a', value: 'y' }]);
});

test('a plan shows what is asked, in order: what singles out most first', () => {
  assert.equal(
    matcherOf(
      'network where url.path regex "/l.*" and not (p : "a*" or q == 1) and d == "10.0.0.1" and x != null',
    ).plan(),
    [
      'and',
      '  d == "10.0.0.1"',
      '  event.category == "network"',
      '  not',
      '    x == null',
      '  not',
      '    or',
      '      q == 1',
      '      p : ("a*")',
      '  url.path regex ("/l.*")',
    ].join('\n'),
  );
});
