/** What is kept of an audit: the same again for the same slices and classes, and sensible for changed ones. */
import { expect, test } from 'vitest';
import { NO_FOLD } from '../../../src/core/audit/folds.ts';
import { NEIGHBOURS, NO_NEIGHBOUR } from '../../../src/core/audit/neighbours.ts';
import { type Findings, keepAudit, recallAudit } from '../../../src/core/audit/record.ts';
import { auditTable } from '../../../src/core/audit/table.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { makeSeriesShards } from '../../builders/series.ts';

const SHARDS = makeSeriesShards([{ dataset: 'd', series: 's', slices: 5 }], 3);
const TABLE = auditTable(SHARDS);
const FINDINGS: Findings = {
  predictions: {
    classes: 4,
    probabilities: Float32Array.from({ length: 20 }, (_, i) => [0.5, 0.25, 0.125, 0.125][i % 4]),
    fold: Uint8Array.of(0, 1, 2, 0, NO_FOLD),
  },
  hashes: Uint32Array.from({ length: 10 }, (_, i) => i + 1),
  neighbours: new Uint32Array(5 * NEIGHBOURS).fill(NO_NEIGHBOUR),
  byPatient: [true],
};
FINDINGS.neighbours.set([4, 1]);
const RECORD = keepAudit(TABLE, FINDINGS, { project: 'p', set: DEFAULT_SET, judgedMs: 1, k: 3, seed: 1 });

test('is the same again', () => {
  expect(recallAudit(TABLE, RECORD, DEFAULT_SET)).toEqual(FINDINGS);
});

test('leaves out slices that are gone, also as neighbours', () => {
  const [one, two] = SHARDS.map((shard) => ({ ...shard, removed: shard.removed.slice() }));
  two.removed[1] = 1;
  const { predictions, neighbours } = recallAudit(auditTable([one, two]), RECORD, DEFAULT_SET);
  expect([...predictions.fold]).toEqual([0, 1, 2, 0]);
  expect([...neighbours.subarray(0, 2)]).toEqual([1, NO_NEIGHBOUR]);
});

test('says nothing of rows that were stored later in a shard', () => {
  const later = auditTable(makeSeriesShards([{ dataset: 'd', series: 's', slices: 6 }], 3));
  const { predictions, hashes } = recallAudit(later, RECORD, DEFAULT_SET);
  expect(predictions.fold[5]).toBe(NO_FOLD);
  expect([...hashes.subarray(10)]).toEqual([0, 0]);
});

test('follows classes that were moved, and shares out what a deleted class had', () => {
  const [first, second, third] = DEFAULT_SET.classes;
  const set = { ...DEFAULT_SET, classes: [second, first, { ...third, id: 'new' }] };
  const { predictions } = recallAudit(TABLE, RECORD, set);
  const [one, two, three] = predictions.probabilities;
  expect(one).toBeCloseTo(1 / 3, 6);
  expect(two).toBeCloseTo(2 / 3, 6);
  expect(three).toBe(0);
});
