import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nearest } from './nearest.ts';

const FIELDS = ['process.name', 'process.args', 'process.pid', 'user.name', 'url.path', 'as', 'ip'];

it('finds letters left out, doubled, swapped and in another case', () => {
  assert.deepEqual(nearest('proces.name', FIELDS), ['process.name']);
  assert.deepEqual(nearest('url.paht', FIELDS), ['url.path']);
  assert.deepEqual(nearest('URL.PATH', FIELDS), ['url.path']);
});

it('puts the closest first', () => {
  assert.deepEqual(nearest('process.nams', FIELDS), ['process.name', 'process.args', 'process.pid']);
});

it('finds nothing for what is far from all', () => {
  assert.deepEqual(nearest('winlog.event_id', FIELDS), []);
  assert.deepEqual(nearest('aws', ['os', 'dns']), []);
});
