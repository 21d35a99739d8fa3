/** Protocols: every fold is dealt the same whatever the order, tests everything once, and has no patient in two splits. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstFold, foldRows, mostFolds } from '../../../src/core/dataset/foldRows.ts';
import { runSplits, splitsOf } from '../../../src/core/dataset/foldSplit.ts';
import { foldWords, PROTOCOLS } from '../../../src/core/dataset/protocols/index.ts';
import { type Fold, PROTOCOL_NAMES, type Unit } from '../../../src/core/dataset/protocols/protocol.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { SPLITS } from '../../../src/core/types.ts';
import { makeDataset, makeFacts, makeShard } from '../../builders/storage.ts';

const units = fc
  .array(fc.array(fc.nat(300), { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 25 })
  .map((all) => all.map((counts, i): Unit => ({ id: `u${i}`, counts })));

describe.each(PROTOCOL_NAMES)('the protocol %s', (protocol) => {
  const foldsOf = (n: number) => PROTOCOLS[protocol].folds ?? n;

  test('deals the same in any order, and each unit is the test of one fold', () => {
    fc.assert(
      fc.property(units, fc.nat(99), (all, seed) => {
        const folds = Math.min(foldsOf(all.length), all.length);
        const tested = Array.from({ length: folds }, (_, fold) => {
          const one: Fold = { protocol, folds, fold, seed };
          const splits = splitsOf(all, one);
          expect(splitsOf([...all].reverse(), one)).toEqual(splits);
          expect([...splits.values()].filter((split) => split === 'train').length).toBeGreaterThan(0);
          return all.filter(({ id }) => splits.get(id) === 'test').map(({ id }) => id);
        });
        expect(tested.flat().sort()).toEqual(all.map(({ id }) => id).sort());
        expect(tested.every((ids) => ids.length > 0)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test('has no patient and no series in two splits, in any fold', () => {
    fc.assert(
      fc.property(projects, fc.nat(99), (shards, seed) => {
        const ids = [...new Set(shards.flatMap(({ datasets }) => datasets))];
        const records = ids.map((id) => makeDataset(id, 'p'));
        const folds = Math.max(3, foldsOf(ids.length));
        for (let fold = 0; fold < folds; fold++) {
          const splits = runSplits(records, shards, 4, { protocol, folds, fold, seed });
          const seen = new Map<string, string>();
          for (const split of SPLITS) {
            for (const key of subjectsOf(shards, splits.datasets[split], splits.out[split])) {
              expect(seen.get(key) ?? split).toBe(split);
              seen.set(key, split);
            }
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  test('says in one sentence what its figures must not be taken for', () => {
    const { title, caution } = PROTOCOLS[protocol];
    expect(title).not.toBe('');
    expect(caution).toMatch(/^[A-Z][^.]*\.$/);
  });
});

/** Shards of datasets that share patients, patients that share series, all as chance has it. */
const projects = fc
  .array(
    fc.array(fc.record({ dataset: fc.nat(5), series: fc.nat(9), label: fc.constantFrom(0, 1, 2, 3, 255) }), {
      minLength: 1,
      maxLength: 30,
    }),
    { minLength: 1, maxLength: 3 },
  )
  .chain((all) =>
    fc.array(fc.tuple(fc.nat(6), fc.nat(8)), { minLength: 10, maxLength: 10 }).map((facts) =>
      all.map((rows, shard): ShardIndex => {
        const datasets = ['a', 'b', 'c', 'd', 'e', 'f'];
        return {
          ...makeShard(
            'p',
            rows.map(({ dataset }) => datasets[dataset]),
          ),
          shard,
          datasets,
          dataset: Uint16Array.from(rows, ({ dataset }) => dataset),
          series: facts.map(([patient, series]) => makeFacts(`s${series}`, `p${patient}`)),
          seriesOf: Uint16Array.from(rows, ({ series }) => series),
          label: Uint8Array.from(rows, ({ label }) => label),
        } as unknown as ShardIndex;
      }),
    ),
  );

function subjectsOf(
  shards: readonly ShardIndex[],
  datasets: ReadonlySet<string>,
  out: ReadonlyMap<number, Uint8Array>,
): Set<string> {
  const found = new Set<string>();
  for (const index of shards) {
    for (let row = 0; row < index.count; row++) {
      if (out.get(index.shard)?.[row] || index.removed[row] || index.label[row] > 3) continue;
      if (!datasets.has(index.datasets[index.dataset[row]])) continue;
      const { patient, series } = index.series[index.seriesOf[row]];
      found.add(`patient ${patient}`);
      found.add(`series ${series}`);
    }
  }
  return found;
}

describe('a fold', () => {
  const rows = [1, 2, 3, 4, 5, 6].map((i) => ({
    id: `${i}`,
    split: 'train' as const,
    counts: { CT: i * 10, MR: 0 },
    patients: 2,
  }));

  test('over datasets has a dataset of each class in its test where there are enough', () => {
    const all = Array.from(
      { length: 20 },
      (_, i): Unit => ({ id: `${i}`, counts: [0, 1, 2, 3].map((k) => (k === i % 4 ? 10 + i : 0)) }),
    );
    for (let fold = 0; fold < 5; fold++) {
      const splits = splitsOf(all, { protocol: 'datasets', folds: 5, fold, seed: 3 });
      for (const split of ['test', 'validate']) {
        const classes = all
          .filter(({ id }) => splits.get(id) === split)
          .map(({ counts }) => counts.findIndex((n) => n > 0));
        expect(classes.sort()).toEqual([0, 1, 2, 3]);
      }
    }
  });

  test('is shown before it is trained as it will be', () => {
    const fold: Fold = { protocol: 'datasets', folds: 3, fold: 1, seed: 5 };
    const all = rows.map(({ id, counts }) => ({
      id,
      counts: DEFAULT_SET.classes.map((one) => (counts as Record<string, number>)[one.id] ?? 0),
    }));
    const splits = splitsOf(all, fold);
    expect(foldRows(rows, DEFAULT_SET, fold).map(({ split }) => split)).toEqual(
      rows.map(({ id }) => splits.get(id)),
    );
    const shares = foldRows(rows.slice(0, 1), DEFAULT_SET, { ...fold, protocol: 'patients', folds: 5 });
    expect(shares.map(({ split, counts }) => [split, counts.CT])).toEqual([
      ['train', 6],
      ['validate', 2],
      ['test', 2],
    ]);
  });

  test('needs three datasets or patients', () => {
    expect(firstFold(rows.slice(0, 2), DEFAULT_SET, 'datasets')).toBeNull();
    expect(firstFold(rows.slice(0, 2), DEFAULT_SET, 'patients')).toMatchObject({ folds: 4 });
    expect(firstFold(rows, DEFAULT_SET, 'leave-one-out')).toMatchObject({ folds: 6, fold: 0 });
    expect(mostFolds([{ ...rows[0], counts: { other: 4 } }], DEFAULT_SET, 'datasets')).toBe(0);
  });

  test('has a name that counts from one', () => {
    expect(foldWords(undefined)).toBeNull();
    expect(foldWords({ protocol: 'datasets', folds: 5, fold: 1, seed: 1 })).toBe('fold 2 of 5 over datasets');
    expect(foldWords({ protocol: 'patients', folds: 5, fold: 0, seed: 1 })).toBe('fold 1 of 5 over patients');
    expect(foldWords({ protocol: 'leave-one-out', folds: 27, fold: 26, seed: 1 })).toBe(
      'dataset 27 of 27 left out',
    );
  });
});
