/** What takes longer is called less often; counted with a clock of the test's own. */
import { expect, test } from 'vitest';
import { paced } from '../../src/app/paced.ts';

/** Calls within a minute, asked for ten times a second, of work that takes so long. */
async function callsInMinute(tookMs: number, fails = false): Promise<number> {
  let now = 0;
  let calls = 0;
  let ends: { at: number; end: () => void } | null = null;
  const call = paced(
    () => {
      calls++;
      return new Promise<void>((resolve, reject) => {
        ends = { at: now + tookMs, end: () => (fails ? reject(new Error('no')) : resolve()) };
      });
    },
    4000,
    () => now,
  );
  for (; now < 60_000; now += 100) {
    call();
    if (ends && now >= (ends as { at: number }).at) {
      (ends as { end: () => void }).end();
      ends = null;
      await Promise.resolve();
    }
    await Promise.resolve();
  }
  return calls;
}

test('work of no time is done every four seconds', async () => {
  expect(await callsInMinute(0)).toBe(14);
});

test('work takes a tenth of the time at most, however long it takes', async () => {
  for (const took of [300, 1000, 2000]) {
    const calls = await callsInMinute(took);
    expect(calls, `${took} ms`).toBeGreaterThan(1);
    expect(calls * took, `${took} ms`).toBeLessThanOrEqual(6000 + took);
  }
});

test('it is never begun twice at once, and is tried anew where it failed', async () => {
  expect(await callsInMinute(1e9)).toBe(1);
  expect(await callsInMinute(0, true)).toBe(14);
});
