/** Copies across the splits of a fold, whatever the splits of the datasets themselves. */
import { expect, test } from 'vitest';
import type { Fold, ProtocolName } from '../../../src/core/dataset/protocols/protocol.ts';
import type { DatasetRecord } from '../../../src/core/dataset/record.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import { findingsOf, openFindings } from '../../../src/core/leaks/findings.ts';
import { countLeaks, leaksOfSplits } from '../../../src/core/leaks/ofSplits.ts';
import { comparedSlices, keepCopies, slicesKey } from '../../../src/core/leaks/record.ts';
import { makeDataset, makeFacts, makeIndex } from '../../builders/storage.ts';

const IDS = ['a', 'b', 'c', 'd'];

/** Two slices each of four datasets of class 0; those of b are copies of those of a. */
function indexOf(patientOf = (id: string) => id): ShardIndex {
  const index = makeIndex(
    'p',
    IDS.flatMap((id) => [id, id]),
  );
  const series = index.datasets.map((id) => makeFacts(`series ${id}`, `patient ${patientOf(id)}`));
  return { ...index, series, seriesOf: Uint16Array.from(index.dataset), label: new Uint8Array(8) };
}

function checked(index: ShardIndex, dismissed: readonly string[] = []) {
  const copies = [
    { slice: 0, other: 2, likeness: 0.9 },
    { slice: 1, other: 3, likeness: 1 },
  ];
  return keepCopies(comparedSlices([index]), copies, {
    ...{ project: 'p', checkedMs: 5, plain: 0, dismissed },
    data: slicesKey([index]),
  });
}

const records: DatasetRecord[] = IDS.map((id) => makeDataset(id, 'p'));

/** Over all folds. */
function leaks(protocol: ProtocolName, index = indexOf(), dismissed: readonly string[] = []) {
  const folds = 4;
  return Array.from({ length: folds }, (_, at) => {
    const fold: Fold = { protocol, folds, fold: at, seed: 1 };
    return countLeaks(leaksOfSplits(checked(index, dismissed), [index], records, 1, fold));
  });
}

test('datasets of one split leak where a fold sets them apart, and only there', () => {
  const index = indexOf();
  expect(openFindings(findingsOf(checked(index), [index], records))).toBe(0);
  const open = leaks('leave-one-out').map((one) => one.open);
  // Neither tests nor validates in some fold of four; each of the two tests once.
  expect(open.filter((n) => n === 1).length).toBeGreaterThanOrEqual(2);
  expect(open).toContain(0);
});

test('by patient, copies of two patients leak, copies of one do not', () => {
  expect(leaks('patients').map(({ open }) => open)).toContain(1);
  const one = indexOf((id) => (id === 'b' ? 'a' : id));
  expect(leaks('patients', one).map(({ open }) => open)).toEqual([0, 0, 0, 0]);
});

test('what is no leak, and slices that are left out, do not count', () => {
  const dismissed = leaks('leave-one-out', indexOf(), ['copy a b']);
  expect(dismissed.every(({ open }) => open === 0)).toBe(true);
  expect(dismissed.some((one) => one.dismissed === 1)).toBe(true);
  const index = { ...indexOf(), removed: Uint8Array.of(0, 0, 1, 1, 0, 0, 0, 0) };
  const record = checked(indexOf());
  const fold: Fold = { protocol: 'leave-one-out', folds: 3, fold: 0, seed: 1 };
  expect(leaksOfSplits(record, [index], records, 1, fold)).toEqual([]);
});

test('by patient, a dataset leaks to itself where copies are of two patients', () => {
  // One dataset of two series, the second a copy of the first.
  const of = (...patients: string[]): ShardIndex => {
    const index = indexOf();
    const series = index.datasets.map((id, i) => makeFacts(`series ${id}`, patients[i]));
    return { ...index, series, datasets: ['a', 'a', 'c', 'd'] };
  };
  const open = leaks('patients', of('a', 'b', 'c', 'd'));
  expect(open).toContainEqual({ open: 1, within: 1, dismissed: 0 });
  expect(leaks('leave-one-out', of('a', 'b', 'c', 'd')).every((one) => one.open === 0)).toBe(true);
  expect(leaks('patients', of('a', 'a', 'c', 'd')).every((one) => one.open === 0)).toBe(true);
});

test('copies that a fold sets apart are told by their datasets and pairs', () => {
  const index = indexOf();
  const at = [0, 1, 2, 3].map((fold) =>
    leaksOfSplits(checked(index), [index], records, 1, {
      protocol: 'leave-one-out',
      folds: 4,
      fold,
      seed: 1,
    }),
  );
  expect(at.flat()).toContainEqual({ id: 'copy a b', datasets: ['a', 'b'], pairs: 2, isDismissed: false });
});
