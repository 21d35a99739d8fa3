/** Long work lets the page answer between its steps. */
import { expect, test } from 'vitest';
import { inSteps } from '../../src/app/inSteps.ts';

test('what waits is done between two steps, and the result is that of the last', async () => {
  const order: string[] = [];
  const wait = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      order.push('a press');
      port1.close();
    };
    port2.postMessage(null);
  };
  function* work(): Generator<undefined, number> {
    order.push('first');
    wait();
    yield;
    order.push('second');
    return 3;
  }
  expect(await inSteps(work())).toBe(3);
  expect(order).toEqual(['first', 'a press', 'second']);
});
