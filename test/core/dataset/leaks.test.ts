/** Slices of patients in two splits are left out, and the summary warns of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COLUMN_NAMES, emptyColumns } from '../../../src/core/columns.ts';
import { findLeaks, leakingRows } from '../../../src/core/dataset/leaks.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import { summarise } from '../../../src/core/dataset/summary.ts';
import { SPLITS } from '../../../src/core/types.ts';
import { LABELS, type Label } from '../../builders/modalities.ts';
import { makeDataset, makeFacts } from '../../builders/storage.ts';

type Row = { dataset: string; patient: string; series?: string; label?: Label; removed?: boolean };

function shardOf(shard: number, rows: Row[]): ShardIndex {
  const datasets = [...new Set(rows.map(({ dataset }) => dataset))];
  const series = rows.map(({ patient, series }) => makeFacts(series ?? `series of ${patient}`, patient));
  const count = rows.length;
  return {
    shard,
    project: 'p',
    count,
    crc32: 0,
    datasets,
    ...emptyColumns(count, COLUMN_NAMES),
    dataset: Uint16Array.from(rows, ({ dataset }) => datasets.indexOf(dataset)),
    series,
    seriesOf: Uint16Array.from(rows.keys()),
    source: new Uint8Array(count),
    label: Uint8Array.from(rows, ({ label = 'CT' }) => LABELS.indexOf(label)),
    removed: Uint8Array.from(rows, ({ removed }) => Number(removed ?? false)),
  };
}

const datasets = [
  makeDataset('a', 'p', 'train'),
  makeDataset('b', 'p', 'validate'),
  makeDataset('c', 'p', 'test'),
];

describe('rows left out', () => {
  test('are those of train and validate whose patient test has as well', () => {
    const index = shardOf(7, [
      { dataset: 'a', patient: 'shared' },
      { dataset: 'a', patient: 'own' },
      { dataset: 'b', patient: 'shared' },
      { dataset: 'c', patient: 'shared' },
    ]);
    expect(leakingRows([index], datasets)).toEqual(new Map([[7, Uint8Array.of(1, 0, 1, 0)]]));
  });

  test('are found across shards, and by series where the patients differ', () => {
    const one = shardOf(1, [{ dataset: 'a', patient: 'x', series: 's' }]);
    const two = shardOf(2, [{ dataset: 'b', patient: 'y', series: 's' }]);
    expect(leakingRows([one, two], datasets)).toEqual(new Map([[1, Uint8Array.of(1)]]));
  });

  test('are none where the other slices of the patient were removed', () => {
    const index = shardOf(1, [
      { dataset: 'a', patient: 'shared' },
      { dataset: 'c', patient: 'shared', removed: true },
    ]);
    expect(leakingRows([index], datasets).size).toBe(0);
  });

  test('leave no patient in two splits, whatever was dropped where', () => {
    const row = fc.record({
      dataset: fc.constantFrom('a', 'b', 'c'),
      patient: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5'),
      series: fc.constantFrom('s1', 's2', 's3', 's4', 's5', 's6'),
    });
    fc.assert(
      fc.property(fc.array(fc.array(row, { minLength: 1, maxLength: 12 }), { maxLength: 4 }), (shards) => {
        const indexes = shards.map((rows, i) => shardOf(i, rows));
        const excluded = leakingRows(indexes, datasets);
        const seen = new Map<string, string>();
        shards.forEach((rows, i) => {
          rows.forEach(({ dataset, patient, series }, at) => {
            if (excluded.get(i)?.[at]) return;
            const { split } = datasets.find(({ id }) => id === dataset)!;
            for (const subject of [patient, series]) {
              expect(seen.get(subject) ?? split).toBe(split);
              seen.set(subject, split);
            }
          });
        });
      }),
    );
  });

  test('never touch test', () => {
    const index = shardOf(
      1,
      SPLITS.map((_, i) => ({ dataset: 'abc'[i], patient: 'shared' })),
    );
    expect(leakingRows([index], datasets).get(1)?.[2]).toBe(0);
  });
});

describe('the summary', () => {
  const index = shardOf(1, [
    { dataset: 'a', patient: 'shared', label: 'CT' },
    { dataset: 'a', patient: 'own', label: 'MR' },
    { dataset: 'a', patient: 'gone', label: 'MR', removed: true },
    { dataset: 'c', patient: 'shared', label: 'other' },
  ]);

  test('counts what is not removed', () => {
    const [a, b] = summarise([index], datasets);
    expect(a).toMatchObject({ slices: 2, series: 2, patients: 2, counts: { CT: 1, MR: 1, PT: 0 } });
    expect(b).toMatchObject({ slices: 0, patients: 0, warnings: [] });
  });

  test('warns of shared patients on both sides, and says what is left out', () => {
    const [a, , c] = summarise([index], datasets);
    expect(a.warnings).toEqual([
      'Shares 1 patient with name of c, which is in test. Their slices here are left out of training.',
    ]);
    expect(c.warnings[0]).toBe('Shares 1 patient with name of a, which is in train.');
  });

  test('warns a dataset of validate of both others, and says what it loses to test alone', () => {
    const of = (dataset: string) => ({ dataset, patient: 'shared' });
    const others = ['1', '2'].map((patient) => ({ dataset: 'c', patient }));
    const all = shardOf(1, [of('a'), of('b'), of('c'), ...others, { dataset: 'b', patient: '1' }]);
    expect(summarise([all], datasets)[1].warnings.toSorted()).toEqual([
      'Shares 1 patient with name of a, which is in train.',
      'Shares 2 patients with name of c, which is in test. Their slices here are left out of validation.',
    ]);
  });

  test('warns of a dataset without a label, and of patients without a name', () => {
    const unnamed = shardOf(1, [{ dataset: 'a', patient: 'file', label: 'other' }]);
    unnamed.series[0].patientFrom = 'file';
    expect(summarise([unnamed], datasets)[0].warnings).toEqual([
      'No slice is labelled CT, MR, PT or XR: nothing here is trained on.',
      '1 study, series or file has no patient ID: each counts as a patient of its own.',
    ]);
  });

  test('does not warn of patients in formats that have none, and says that they are not known', () => {
    const images = shardOf(1, [
      { dataset: 'a', patient: 'one', label: 'CT' },
      { dataset: 'a', patient: 'two', label: 'CT' },
      { dataset: 'c', patient: 'three', label: 'MR' },
    ]);
    for (const facts of images.series) Object.assign(facts, { format: 'png', patientFrom: 'file' });
    const known = { ...images.series[0], format: 'dicom' as const, patientFrom: 'patient' as const };
    const [a, b] = summarise([images], datasets);
    expect(a).toMatchObject({ patients: 2, patientsUnknown: true, warnings: [] });
    expect(b.patientsUnknown).toBe(false);
    expect(summarise([{ ...images, series: [known, ...images.series.slice(1)] }], datasets)[0]).toMatchObject(
      {
        patientsUnknown: false,
        warnings: [],
      },
    );
  });

  test('datasets of one split share what they like', () => {
    const both = datasets.map((dataset) => ({ ...dataset, split: 'train' as const }));
    expect(findLeaks([index], both)).toEqual([]);
  });
});
