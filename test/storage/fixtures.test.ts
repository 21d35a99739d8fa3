/** Databases that earlier versions of the app wrote, frozen as they were: today's store opens each, and runs go on. */
import 'fake-indexeddb/auto';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createControl } from '../../src/core/train/control.ts';
import { trainRun } from '../../src/core/train/session.ts';
import { SLICE_BYTES } from '../../src/core/types.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { MIGRATIONS } from '../../src/storage/schema.ts';
import { LABELS } from '../builders/modalities.ts';
import { fakeTrainer } from '../core/train/fake.ts';
import { frozenPath, openFrozen } from '../harness/frozen.ts';

/** Every version before today's: who adds a migration freezes the version before it first (fixtures/README.md). */
const VERSIONS = MIGRATIONS.slice(1).map((_, i) => i + 1);

test.each(VERSIONS)('a database of version %i is frozen', (version) => {
  expect(existsSync(frozenPath(version))).toBe(true);
});

describe.each([...VERSIONS, MIGRATIONS.length].filter((version) => existsSync(frozenPath(version))))(
  'version %i',
  (version) => {
    let store: Store;
    let project: string;

    beforeEach(async () => {
      await openFrozen(version);
      store = await openStore();
      [{ id: project }] = await store.projects();
    });

    afterEach(() => store.close());

    test('opens with its project and its datasets', async () => {
      expect(await store.projects()).toMatchObject([{ name: 'Frozen', options: { antialias: false } }]);
      const datasets = await store.datasets(project);
      const facts = datasets.map(({ name, location, split, exclude, nameFrom, settled }) => {
        return [name, location, split, exclude.join(), nameFrom, settled];
      });
      const excluded = version >= 2 ? 'localizer' : '';
      const nameFrom = version >= 5 ? 'user' : 'unasked';
      // Stored as not settled in the fixtures of versions 5 and 6; what came before counts as settled.
      const settled = version !== 5 && version !== 6;
      expect(facts.sort()).toEqual([
        ['east', 'east clinic', 'validate', '', nameFrom, settled],
        ['north', 'north clinic', 'train', excluded, nameFrom, settled],
        ['south', 'south clinic', 'test', '', nameFrom, settled],
      ]);
    });

    test('has every slice, with its label, its series and undamaged pixels', async () => {
      const names = new Map((await store.datasets(project)).map(({ id, name }) => [id, name]));
      const found = new Map<string, number>();
      for (const index of await store.shardIndexes(project)) {
        const pixels = await store.shardPixels(index.shard);
        expect(pixels).toHaveLength(index.count * SLICE_BYTES);
        expect(await store.damagedRows(index.shard)).toEqual([]);
        for (let row = 0; row < index.count; row++) {
          // Every made-up slice is of one value.
          const slice = pixels.subarray(row * SLICE_BYTES, (row + 1) * SLICE_BYTES);
          expect(slice.every((pixel) => pixel === slice[0])).toBe(true);
          const { imageType } = index.series[index.seriesOf[row]];
          const dataset = names.get(index.datasets[index.dataset[row]]);
          const key = `${dataset} ${LABELS[index.label[row]]} ${imageType}`;
          found.set(key, (found.get(key) ?? 0) + 1);
        }
      }
      const localizer = version >= 2 ? 'localizer' : null;
      const expected = new Map<string, number>();
      const add = (key: string, n: number) => expected.set(key, (expected.get(key) ?? 0) + n);
      for (const name of ['north', 'east', 'south']) {
        add(`${name} CT null`, 4);
        add(`${name} MR null`, 3);
      }
      add('north PT null', 2);
      add(`north CT ${localizer}`, 1);
      expect(found).toEqual(expected);
    });

    test('has the labels that follow from headers, folders and what was taken over', async () => {
      store.setFence(await store.takeWriter(project));
      const before = await store.shardIndexes(project);
      await store.rebuildLabels(project);
      expect(await store.shardIndexes(project)).toEqual(before);
      expect(await store.undoLabels(project, '', 0)).toBe(false);
    });

    test('has its finished run under today’s names, with its evaluation and predictions', async () => {
      const run = (await store.run('whole'))!;
      expect(run).toMatchObject({
        status: 'finished',
        createdMs: 1,
        title: null,
        note: '',
        config: { network: 'resnet18', inputSize: 64, learningRate: 0.1, batch: 4, epochs: 3, seed: 5 },
      });
      expect(run.config).not.toHaveProperty('size');
      expect(run.config).not.toHaveProperty('rate');
      expect(run.history).toHaveLength(3);
      const datasets = new Map((await store.datasets(project)).map(({ id, name }) => [name, id]));
      for (const [split, name, n] of [
        ['train', 'north', version >= 2 ? 9 : 10],
        ['validate', 'east', 7],
        ['test', 'south', 7],
      ] as const) {
        expect(run.evaluation![split]!.n).toBe(n);
        expect(new Set(run.evaluation![split]!.perDataset.map(({ id }) => id))).toEqual(
          new Set([datasets.get(name)]),
        );
        const predictions = (await store.predictions('whole', split))!;
        expect(predictions.datasets).toEqual([datasets.get(name)]);
        expect(predictions.probabilities).toHaveLength(4 * n);
        expect(predictions.truth).toHaveLength(n);
      }
      if (version < 4) expect([run.frozen, run.evaluated, run.saved]).toEqual([null, null, null]);
      else {
        expect(run.frozen!.datasets.find(({ name }) => name === 'north')).toMatchObject({
          exclude: ['localizer'],
          excluded: 1,
        });
        expect(run.evaluated!.complete).toBe(true);
      }
    });

    test('goes on with the run that its page left, to the same weights', async () => {
      const cut = (await store.latestCheckpoint('cut'))!;
      const whole = (await store.latestCheckpoint('whole'))!;
      expect([cut.epoch, cut.step]).toEqual([1, whole.step / 3]);
      store.setFence(await store.takeWriter(project));
      const outcome = await trainRun('cut', true, {
        store,
        openTrainer: async () => ({
          trainer: fakeTrainer(),
          info: { name: 'reference', adapter: null, threads: 1, reason: 'Test.' },
          dispose: () => {},
        }),
        control: createControl(),
        nowMs: () => 0,
        dateMs: () => 0,
        yieldToEventLoop: async () => {},
        context: { signal: new AbortController().signal, emit: () => {} },
      });
      expect(outcome).toBe('finished');
      const ended = (await store.latestCheckpoint('cut'))!;
      expect(ended.step).toBe(whole.step);
      expect(ended.fingerprint).toBe(whole.fingerprint);
      expect(ended.trainer.model).toEqual(whole.trainer.model);
    });
  },
);
