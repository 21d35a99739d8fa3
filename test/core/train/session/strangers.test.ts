/** How strange made-up pictures are to a run's network is asked after its training, for the odds of "none". */
import { expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../../src/core/dataset/options.ts';
import { createControl } from '../../../../src/core/train/control.ts';
import { strangersOf } from '../../../../src/core/train/session/strangers.ts';
import { trainRun } from '../../../../src/core/train/session.ts';
import { makeDataset, makeIndex, makeRun, makeShard } from '../../../builders/storage.ts';
import { createMemoryStore } from '../../../fakes/sessionStore.ts';
import { fakeConfig, fakeTrainer } from '../fake.ts';

function asked(outliers: number, signal = new AbortController().signal) {
  const shown: Uint8Array[] = [];
  const trainer = {
    ...fakeTrainer(),
    predict: async (pixels: Uint8Array, n: number) => {
      shown.push(pixels.slice());
      // Half of the rest is for none of the four classes.
      return Float32Array.from({ length: 5 * n }, (_, i) => (i % 5 === 4 ? 0.5 : 0.125));
    },
  };
  const config = fakeConfig({ outliers, inputSize: 64 });
  const session = { journal: { run: { ...makeRun('r', 'p'), config } }, yieldToEventLoop: async () => {} };
  return { shown, strangeness: strangersOf(session as never, trainer, signal) };
}

test('a network with an output for none answers of 96 pictures, the same at every call', async () => {
  const [first, second] = [asked(0.1), asked(0.1)];
  const strangeness = await first.strangeness;
  await second.strangeness;
  expect(strangeness).toEqual(new Float32Array(96).fill(0));
  expect(first.shown).toEqual(second.shown);
  expect(new Set(first.shown.map(String)).size).toBe(first.shown.length);
});

test('a network without one is not asked', async () => {
  const { shown, strangeness } = asked(0);
  expect(await strangeness).toBeNull();
  expect(shown).toEqual([]);
});

test('a stopped evaluation ends it', async () => {
  await expect(asked(0.1, AbortSignal.abort()).strangeness).rejects.toThrow();
});

/** The unknown rule of a run with 60 slices to validate, whose network says of each picture how strange it is. */
async function ruleOf(strange: (pixels: Uint8Array) => boolean) {
  const store = createMemoryStore();
  const validate = Array.from({ length: 12 }, (_, i) => `v${i}`);
  const rows = ['a', 'a', 'a', 'a', 't', ...validate.flatMap((id) => Array<string>(5).fill(id))];
  const shard = { ...makeShard('p', rows), ...makeIndex('p', rows) };
  shard.label = Uint8Array.from(rows, (_, row) => row % 2);
  store.addShard(shard);
  await store.putDatasets([
    makeDataset('a', 'p', 'train'),
    makeDataset('t', 'p', 'test'),
    ...validate.map((id) => makeDataset(id, 'p', 'validate')),
  ]);
  const frozen = { app: { version: '1', commit: 'c' }, options: DEFAULT_OPTIONS, datasets: [] };
  await store.putRun({ ...makeRun('r', 'p'), frozen, config: fakeConfig({ outliers: 0.1, epochs: 1 }) });
  const predict = async (pixels: Uint8Array, n: number) => {
    const area = pixels.length / n;
    return Float32Array.from({ length: 5 * n }, (_, i) => {
      const none = strange(pixels.subarray(Math.floor(i / 5) * area).subarray(0, area)) ? 0.9 : 0.1;
      return i % 5 === 4 ? none : (1 - none) / 4;
    });
  };
  await trainRun('r', false, {
    store,
    openTrainer: async () => ({
      trainer: { ...fakeTrainer(), predict },
      info: { name: 'reference', adapter: null, threads: 1, reason: 'Test.' },
      dispose: () => {},
    }),
    control: createControl(),
    nowMs: () => 0,
    dateMs: () => 0,
    yieldToEventLoop: async () => {},
    context: { signal: new AbortController().signal, emit: () => {} },
  });
  return (await store.run('r'))!.calibration!.unknown!;
}

test('a run whose network tells made-up pictures from its own says by how much', async () => {
  // The stored slices are noise, which is nearly even when it is reduced to 64 pixels.
  const even = (pixels: Uint8Array) => pixels.every((value) => Math.abs(value - 128) < 90);
  expect((await ruleOf((pixels) => !even(pixels))).steepness).toBeGreaterThan(1);
});

test('a run whose network finds its own slices stranger says nothing of it', async () => {
  expect(await ruleOf((pixels) => pixels.every((value) => Math.abs(value - 128) < 90))).not.toHaveProperty(
    'steepness',
  );
});
