/** An audit from stored slices to the queue, with a trainer that learns brightness. */
import { expect, test } from 'vitest';
import type { AuditProgress } from '../../../src/core/audit/contract.ts';
import type { AuditRecord } from '../../../src/core/audit/record.ts';
import { type AuditStore, rankAgain, runAudit } from '../../../src/core/audit/session.ts';
import type { LabelEvent } from '../../../src/core/labels/event.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { hash32 } from '../../../src/core/random.ts';
import type { Trainer } from '../../../src/core/train/trainer.types.ts';
import { SLICE_BYTES } from '../../../src/core/types.ts';
import { makeSeriesShards } from '../../builders/series.ts';
import { makeDataset } from '../../builders/storage.ts';

const CLASSES = DEFAULT_SET.classes.length;
const SERIES = 20;
/** Series 3 has the label of the dark ones and is bright. */
const WRONG = 3;
const ARGS = { project: 'p', set: DEFAULT_SET.id };

const isBright = (series: number) => series % 2 === 1;

/** One slice a series, without a header; the bright ones are MR. */
function memoryStore() {
  const shards = makeSeriesShards(
    Array.from({ length: SERIES }, (_, i) => ({
      dataset: `d${i % 4}`,
      series: `s${i}`,
      slices: 1,
      label: isBright(i) && i !== WRONG ? 'MR' : 'CT',
      source: 'folder' as const,
      facts: { modalityTag: null, folder: isBright(i) && i !== WRONG ? ('MR' as const) : ('CT' as const) },
    })),
    8,
  );
  const kept: { record: AuditRecord | null; events: LabelEvent[] } = { record: null, events: [] };
  const store: AuditStore = {
    labelSets: async () => [DEFAULT_SET],
    labelEvents: async () => kept.events,
    datasets: async () => [0, 1, 2, 3].map((i) => makeDataset(`d${i}`, 'p')),
    shardIndexes: async () => shards,
    shardPixels: async (shard) => {
      const pixels = new Uint8Array(8 * SLICE_BYTES);
      for (let row = 0; row < 8; row++) {
        const series = (shard - 1) * 8 + row;
        const level = isBright(series) ? 150 : 40;
        for (let i = 0; i < SLICE_BYTES; i++)
          pixels[row * SLICE_BYTES + i] = level + (hash32(series, 0, i >> 9) % 60);
      }
      return pixels;
    },
    audit: async () => structuredClone(kept.record),
    putAudit: async (record) => {
      kept.record = structuredClone(record);
    },
  };
  return { store, kept, shards };
}

/** Says the class whose mean brightness in training was nearest. */
function brightnessTrainer(): Trainer {
  const sums = new Float64Array(CLASSES);
  const counts = new Float64Array(CLASSES);
  const meanOf = (pixels: Uint8Array, i: number, n: number) => {
    const from = (i * pixels.length) / n;
    // A few pixels are enough.
    let sum = 0;
    for (let k = 0; k < 16; k++) sum += pixels[from + Math.floor(((k + 0.5) * pixels.length) / n / 16)];
    return sum / 16;
  };
  return {
    parameters: 1,
    microBatch: 64,
    step: async (pixels, labels) => {
      labels.forEach((label, i) => {
        sums[label] += meanOf(pixels, i, labels.length);
        counts[label]++;
      });
      return { loss: 1, correct: 0 };
    },
    predict: async (pixels, n) => {
      const answers = new Float32Array(n * CLASSES).fill(0.05);
      for (let i = 0; i < n; i++) {
        const gaps = Array.from(sums, (sum, c) =>
          counts[c] ? Math.abs(meanOf(pixels, i, n) - sum / counts[c]) : 999,
        );
        answers[i * CLASSES + gaps.indexOf(Math.min(...gaps))] = 0.85;
      }
      return answers;
    },
    save: async () => ({ model: new Map(), momentum: new Map() }),
    load: () => undefined,
    dispose: () => undefined,
  };
}

function port(store: AuditStore, signal = new AbortController().signal) {
  const progress: AuditProgress[] = [];
  let clockMs = 0;
  const made = {
    store,
    signal,
    openTrainer: async () => ({
      trainer: brightnessTrainer(),
      info: { name: 'reference' as const, adapter: null, threads: 1, reason: '' },
      dispose: () => undefined,
    }),
    yieldToEventLoop: async () => undefined,
    nowMs: () => (clockMs += 10),
    dateMs: () => 1000,
    progress: (one: AuditProgress) => void progress.push(one),
  };
  return { made, progress };
}

const STORED = { project: 'p', reader: '', timeMs: 2000 };

/** The user's answer to the doubt about the wrong label, which was between these classes. */
function answer(kept: { events: LabelEvent[] }, to: string, between: readonly string[]): void {
  kept.events.push({
    ...STORED,
    seq: 1,
    kind: 'edit',
    act: 1,
    target: { kind: 'series', series: [{ dataset: `d${WRONG % 4}`, key: `s${WRONG} ` }] },
    change: { kind: 'label', set: DEFAULT_SET.id, class: to, source: 'user', between },
  });
}

async function isDoubted(store: AuditStore): Promise<boolean> {
  return (await rankAgain(ARGS, store)).items.some(({ series }) => series === `s${WRONG} `);
}

test('finds the one wrong label, and says what was read, compared and learned meanwhile', async () => {
  const { store } = memoryStore();
  const { made, progress } = port(store);
  const { items, judgedMs, slices, judged } = await runAudit({ ...ARGS, device: 'auto' }, made);
  expect(items[0]).toMatchObject({ dataset: `d${WRONG % 4}`, series: `s${WRONG} `, label: 0, proposed: 1 });
  expect(items[0].doubt).toBeGreaterThan(0.8);
  expect(items.filter(({ doubt }) => doubt >= 0.5)).toHaveLength(1);
  expect([judgedMs, slices, judged]).toEqual([1000, SERIES, SERIES]);
  const order = [...new Set(progress.map(({ doing }) => doing))];
  expect(order).toEqual(['reading', 'comparing', 'learning', 'judging']);
});

test('a label that is corrected while the models learn is the label that is ranked', async () => {
  const { store, shards } = memoryStore();
  const { made } = port(store);
  const openTrainer = async () => {
    shards[0].label[WRONG] = 1;
    return made.openTrainer();
  };
  const { items } = await runAudit({ ...ARGS, device: 'auto' }, { ...made, openTrainer });
  expect(items.filter(({ doubt }) => doubt >= 0.5)).toEqual([]);
});

test('ranks again from what was kept, without any training', async () => {
  const { store } = memoryStore();
  const { items } = await runAudit({ ...ARGS, device: 'auto' }, port(store).made);
  expect((await rankAgain(ARGS, store)).items).toEqual(items);
});

test('a label that the user confirms is gone from the queue, and comes back when it is taken back', async () => {
  const { store, kept } = memoryStore();
  await runAudit({ ...ARGS, device: 'auto' }, port(store).made);
  expect(await isDoubted(store)).toBe(true);
  answer(kept, 'CT', ['CT', 'MR']);
  expect(await isDoubted(store)).toBe(false);
  kept.events.push({ ...STORED, seq: 2, kind: 'undo', act: 1 });
  expect(await isDoubted(store)).toBe(true);
});

test('an answer outlives the next audit, whose models say the same', async () => {
  const { store, kept } = memoryStore();
  await runAudit({ ...ARGS, device: 'auto' }, port(store).made);
  answer(kept, 'CT', ['CT', 'MR']);
  await runAudit({ ...ARGS, device: 'auto' }, { ...port(store).made, dateMs: () => 9000 });
  expect(await isDoubted(store)).toBe(false);
});

test('a doubt that was answered comes back when the evidence speaks for a class that was not weighed', async () => {
  const { store, kept } = memoryStore();
  answer(kept, 'CT', ['CT', 'PT']);
  await runAudit({ ...ARGS, device: 'auto' }, { ...port(store).made, dateMs: () => 9000 });
  expect(await isDoubted(store)).toBe(true);
});

test('before an audit only labels that are missing are in the queue', async () => {
  const { store, shards } = memoryStore();
  expect(await rankAgain(ARGS, store)).toEqual({
    items: [],
    judgedMs: null,
    noise: null,
    slices: SERIES,
    judged: 0,
  });
  shards[0].label[0] = 255;
  shards[0].source[0] = 5;
  expect((await rankAgain(ARGS, store)).items.map(({ kind }) => kind)).toEqual(['unlabelled']);
});

test('slices that came later are judged by no model, and their labels stay undoubted', async () => {
  const { store, kept } = memoryStore();
  await runAudit({ ...ARGS, device: 'auto' }, port(store).made);
  kept.record = { ...kept.record!, shards: kept.record!.shards.slice(1) };
  const { judged, items } = await rankAgain(ARGS, store);
  expect(judged).toBe(SERIES - 8);
  expect(items.some(({ series }) => series === `s${WRONG} `)).toBe(false);
});

test('needs two labelled classes', async () => {
  const { store, shards } = memoryStore();
  for (const { label } of shards) label.fill(0);
  await expect(runAudit({ ...ARGS, device: 'auto' }, port(store).made)).rejects.toMatchObject({
    code: 'nothing-to-doubt',
  });
});

test('a set that is gone is named', async () => {
  const { store } = memoryStore();
  await expect(rankAgain({ project: 'p', set: 'gone' }, store)).rejects.toMatchObject({
    code: 'label-set-missing',
  });
});

test('a cancelled audit keeps nothing', async () => {
  const { store, kept } = memoryStore();
  const signal = AbortSignal.abort(new Error('cancelled'));
  await expect(runAudit({ ...ARGS, device: 'auto' }, port(store, signal).made)).rejects.toThrow('cancelled');
  expect(kept.record).toBeNull();
});
