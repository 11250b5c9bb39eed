import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OrderedQueue } from './ordered-queue.ts';

test('the least comes first, however it came', () => {
  // Small steps up, now and then one down: what comes in order and what does not.
  const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: -9, max: 9 }), fc.constant(null)), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(steps, (list) => {
      const queue = new OrderedQueue<number>((a, b) => a - b);
      const plain: number[] = [];
      let at = 0;
      for (const step of list) {
        if (step === null) {
          assert.equal(queue.least, plain[0]);
          assert.equal(queue.pop(), plain.shift());
        } else {
          at += step;
          queue.push(at);
          plain.push(at);
          plain.sort((a, b) => a - b);
        }
        assert.equal(queue.size, plain.length);
      }
      assert.deepEqual(
        queue.items().sort((a, b) => a - b),
        plain,
      );
    }),
  );
});

test('what was handed out of a long run is let go', () => {
  const queue = new OrderedQueue<number>((a, b) => a - b);
  for (let i = 0; i < 5000; i++) queue.push(i);
  for (let i = 0; i < 4000; i++) assert.equal(queue.pop(), i);
  queue.push(3.5);
  assert.deepEqual([queue.size, queue.pop(), queue.pop(), queue.items().length], [1001, 3.5, 4000, 999]);
});
