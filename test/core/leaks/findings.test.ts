/** What two datasets share, as splits, exclusions and the user's word make of it. */
import { expect, test } from 'vitest';
import { slicesInUse } from '../../../src/core/dataset/excluded.ts';
import type { DatasetRecord } from '../../../src/core/dataset/record.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import { findingsOf, openFindings } from '../../../src/core/leaks/findings.ts';
import { comparedSlices, keepCopies, slicesKey } from '../../../src/core/leaks/record.ts';
import type { SeriesFacts, Split } from '../../../src/core/types.ts';
import { makeDataset, makeFacts, makeIndex } from '../../builders/storage.ts';

/** Three slices of a, two of b, one of c; nobody has a patient ID. */
function indexOf(facts: (series: string) => Partial<SeriesFacts> = () => ({})): ShardIndex {
  const index = makeIndex('p', ['a', 'a', 'a', 'b', 'b', 'c']);
  const series = index.datasets.map((id) => ({
    ...makeFacts(`series ${id}`, `patient ${id}`),
    patientFrom: 'file' as const,
    ...facts(id),
  }));
  return { ...index, series };
}

function datasets(...splits: Split[]): DatasetRecord[] {
  return ['a', 'b', 'c'].map((id, i) => ({ ...makeDataset(id, 'p'), split: splits[i] }));
}

/** Both slices of b are copies of slices of a. */
function checked(index: ShardIndex, dismissed: readonly string[] = []) {
  const copies = [
    { slice: 0, other: 3, likeness: 0.9 },
    { slice: 1, other: 4, likeness: 1 },
  ];
  return keepCopies(comparedSlices([index]), copies, {
    ...{ project: 'p', checkedMs: 5, plain: 0, dismissed },
    data: slicesKey([index]),
  });
}

test('copies in two splits are one finding, shown by the most alike pair', () => {
  const index = indexOf();
  const { findings } = findingsOf(checked(index), [index], datasets('test', 'train', 'train'));
  expect(findings).toEqual([
    {
      id: 'copy a b',
      kind: 'copy',
      state: 'open',
      kept: { dataset: 'a', split: 'test', slices: 2, show: { shard: 1, row: 1 } },
      moved: { dataset: 'b', split: 'train', slices: 2, show: { shard: 1, row: 4 } },
      subjects: 1,
      whole: 1,
      copies: [
        { shard: 1, row: 3 },
        { shard: 1, row: 4 },
      ],
      ofTwoPatients: true,
    },
  ]);
});

test('copies in one split are no leak, but a finding', () => {
  const index = indexOf();
  const found = findingsOf(checked(index), [index], datasets('train', 'train', 'test'));
  expect(found.findings.map(({ id, state }) => `${id} ${state}`)).toEqual(['copy a b together']);
  expect(openFindings(found)).toBe(0);
});

test('of copies within a dataset what was stored first is kept, whatever the split', () => {
  const index = indexOf();
  // Rows 0, 1 and 2 are one picture, as two series.
  index.series = [...index.series, makeFacts('again', 'patient a')];
  index.seriesOf.set([3, 3], 1);
  const copies = [
    { slice: 0, other: 1, likeness: 0.98 },
    { slice: 0, other: 2, likeness: 0.97 },
    { slice: 1, other: 2, likeness: 0.99 },
  ];
  const record = keepCopies(comparedSlices([index]), copies, {
    ...{ project: 'p', checkedMs: 5, plain: 0, dismissed: [] },
    data: slicesKey([index]),
  });
  const records = datasets('train', 'test', 'test');
  const { findings } = findingsOf(record, [index], records);
  expect(findings).toMatchObject([
    { id: 'copy a a', state: 'together', kept: { slices: 1 }, moved: { slices: 2 }, ofTwoPatients: false },
  ]);
  expect(findings[0].copies.map(({ row }) => row).sort()).toEqual([1, 2]);
  for (const { row } of findings[0].copies) index.excluded[row] = 1;
  expect(findingsOf(record, slicesInUse([index], records, []), records).findings).toEqual([]);
});

test('copies that are excluded are none any more', () => {
  const index = indexOf();
  const record = checked(index);
  index.excluded.set([1, 1], 3);
  const records = datasets('test', 'train', 'train');
  expect(findingsOf(record, slicesInUse([index], records, []), records).findings).toEqual([]);
});

test('copies of a patient who is left out of training anyway are not open', () => {
  const index = indexOf(() => ({ patient: 'same', patientFrom: 'patient' }));
  const { findings } = findingsOf(checked(index), [index], datasets('test', 'train', 'train'));
  expect(findings.filter(({ state }) => state === 'open')).toEqual([]);
  expect(findings.map(({ kind, state }) => `${kind} ${state}`)).toContain('copy apart');
});

test('what the user called no leak stays listed, and is not open', () => {
  const index = indexOf();
  const found = findingsOf(checked(index, ['copy a b']), [index], datasets('test', 'train', 'train'));
  expect(found.findings.map(({ state }) => state)).toEqual(['dismissed']);
  expect(openFindings(found)).toBe(0);
});

test('a shared patient, study or series is found without any check', () => {
  const all = datasets('train', 'test', 'test');
  const kinds = (facts: (series: string) => Partial<SeriesFacts>) =>
    findingsOf(null, [indexOf(facts)], all).findings.map(({ kind, subjects }) => `${kind} ${subjects}`);
  const ofAb = (facts: Partial<SeriesFacts>) => (id: string) => (id === 'c' ? {} : facts);
  expect(kinds(ofAb({ patient: 'same', patientFrom: 'patient' }))).toEqual(['patient 1']);
  expect(kinds(ofAb({ patient: 'same', patientFrom: 'study' }))).toEqual(['study 1']);
  expect(kinds(ofAb({ series: 'same' }))).toEqual(['series 1']);
  expect(kinds(ofAb({ series: 'same', patient: 'same', patientFrom: 'patient' }))).toEqual(['patient 1']);
});

test('the key of the data changes with their slices, not with splits and exclusions', () => {
  const index = indexOf();
  const key = slicesKey([index]);
  index.excluded[0] = 1;
  expect(slicesKey([index])).toBe(key);
  index.removed[0] = 1;
  expect(slicesKey([index])).not.toBe(key);
});
