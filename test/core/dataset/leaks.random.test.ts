/** Ten thousand random data sets: no patient and no series is used in two splits, and nothing is left out without need. */
import { expect, test } from 'vitest';
import { COLUMN_NAMES, emptyColumns } from '../../../src/core/columns.ts';
import { leakingRows } from '../../../src/core/dataset/leaks.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import { random } from '../../../src/core/random.ts';
import { SPLITS, type Split } from '../../../src/core/types.ts';
import { makeDataset, makeFacts } from '../../builders/storage.ts';

/** Two shards, some datasets, few patients, so that most of them are shared. */
function randomData(seed: number) {
  const draw = random(seed);
  const records = Array.from({ length: 2 + draw.integer(5) }, (_, i) => ({
    ...makeDataset(`d${i}`, 'p'),
    split: SPLITS[draw.integer(3)],
  }));
  const patients = 1 + draw.integer(6);
  const indexes = [1, 2].map((shard): ShardIndex => {
    const series = Array.from({ length: 1 + draw.integer(5) }, () =>
      makeFacts(`s${draw.integer(8)}`, `p${draw.integer(patients)}`),
    );
    const count = 1 + draw.integer(12);
    const column = (n: number) => Uint16Array.from({ length: count }, () => draw.integer(n));
    return {
      ...emptyColumns(count, COLUMN_NAMES),
      ...{ shard, project: 'p', count, crc32: 0, series },
      datasets: records.map(({ id }) => id),
      dataset: column(records.length),
      seriesOf: column(series.length),
      removed: Uint8Array.from({ length: count }, () => Number(draw.integer(8) === 0)),
      label: new Uint8Array(count),
      source: new Uint8Array(count),
    };
  });
  return { records, indexes };
}

type Subject = { key: string; split: Split; out: boolean };

/** The patient and the series of each stored slice, with its split, and whether it is left out. */
function* subjectsOf({ records, indexes }: ReturnType<typeof randomData>): Generator<Subject[]> {
  const leaking = leakingRows(indexes, records);
  for (const index of indexes)
    for (let row = 0; row < index.count; row++) {
      if (index.removed[row]) continue;
      const { patient, series } = index.series[index.seriesOf[row]];
      const { split } = records[index.dataset[row]];
      const out = leaking.get(index.shard)?.[row] === 1;
      yield [patient, series].map((key) => ({ key, split, out }));
    }
}

function splitsBy(subjects: readonly Subject[]): Map<string, Set<Split>> {
  const splits = new Map<string, Set<Split>>();
  for (const { key, split } of subjects) splits.set(key, (splits.get(key) ?? new Set()).add(split));
  return splits;
}

test('10,000 random data sets have no patient and no series in two splits', () => {
  let [shared, leftOut] = [0, 0];
  for (let seed = 0; seed < 10_000; seed++) {
    const slices = [...subjectsOf(randomData(seed))];
    const stored = splitsBy(slices.flat());
    const used = splitsBy(slices.flat().filter(({ out }) => !out));
    for (const [key, splits] of used)
      if (splits.size > 1) throw new Error(`${key} of data set ${seed} leaks.`);
    for (const [one, two] of slices) {
      if (!one.out) continue;
      leftOut++;
      const isShared = [one, two].some(({ key }) => stored.get(key)!.size > 1);
      if (!isShared) throw new Error(`A slice of data set ${seed} is left out without need.`);
    }
    for (const [key, splits] of stored) if (key.startsWith('p') && splits.size > 1) shared++;
  }
  expect(shared).toBeGreaterThan(10_000);
  expect(leftOut).toBeGreaterThan(10_000);
});
