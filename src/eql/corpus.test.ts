import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile, format, jsonReader, parse } from './index.ts';
import { commentsOf } from './lexer.ts';
import { publicRules, withoutSpans } from './support.test.ts';

/** The public rules: 1,081 queries that people run. */

const rules = publicRules();
const skip = rules.length === 0 && 'no shared data';

test('every public query parses and has no errors; event queries compile', { skip }, () => {
  assert.equal(rules.length, 1081);
  for (const { file, query } of rules) {
    const parsed = parse(query);
    assert.deepEqual(parsed.diagnostics, [], file);
    const { matcher, diagnostics } = compile(query, { reader: jsonReader() });
    const isEvent = parsed.query?.kind === 'event' && parsed.query.pipes.length === 0;
    assert.equal(matcher !== null, isEvent, file);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      isEvent ? [] : ['not-an-event-query'],
      file,
    );
  }
});

test('formatting keeps the tree and the comments of every public query, and a second time changes nothing', {
  skip,
}, () => {
  for (const { file, query } of rules) {
    const formatted = format(query);
    assert.deepEqual(withoutSpans(parse(formatted).query), withoutSpans(parse(query).query), file);
    assert.deepEqual(comments(formatted), comments(query), file);
    assert.equal(format(formatted), formatted, file);
  }
});

function comments(text: string): string[] {
  return commentsOf(text).map(({ start, end }) => text.slice(start, end));
}
