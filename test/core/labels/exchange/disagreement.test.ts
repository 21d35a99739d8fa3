/** What decides a disagreement of two readers, and which are left. */
import { describe, expect, test } from 'vitest';
import type { LabelChange, LabelTarget } from '../../../../src/core/labels/event.ts';
import {
  type Decision,
  type Disagreement,
  decisionEdits,
  undecided,
} from '../../../../src/core/labels/exchange/disagreement.ts';
import { compareReaders } from '../../../../src/core/labels/exchange/readers.ts';
import { UNSAID } from '../../../../src/core/labels/exchange/resolve.ts';
import { NO_CLASS } from '../../../../src/core/labels/labelSet.ts';
import { MODALITY_SET } from '../../../../src/core/labels/sets/modality.ts';
import { editEvent, hash, makeProject } from '../../../builders/exchange.ts';

const [CT, MR, PT] = [0, 1, 2];
/** Two series of three slices in shard 10, one over shards 10 and 11. */
const { list } = makeProject([
  { dataset: 'd1', series: 'a', slices: 3 },
  { dataset: 'd1', series: 'b', slices: 3 },
  { dataset: 'd2', series: 'c', slices: 4 },
]);
//                          a           b           c
const FIRST = Int16Array.of(CT, CT, CT, MR, MR, MR, CT, CT, MR, CT);
const SECOND = Int16Array.of(MR, MR, MR, MR, PT, NO_CLASS, PT, PT, PT, UNSAID);

function found(): Record<string, Disagreement> {
  const { disagreements } = compareReaders(list, MODALITY_SET, [FIRST, SECOND], 'slice');
  return Object.fromEntries(
    ['a', 'b', 'c'].map((name) => [name, disagreements.find(({ key }) => key.startsWith(hash(name)))!]),
  );
}

const edits = (name: string, decision: Decision) =>
  decisionEdits(found()[name], MODALITY_SET, decision).map(({ target, change }) => [
    change.kind === 'label' && change.class,
    target,
  ]);
const series = (dataset: string, name: string): LabelTarget => ({
  kind: 'series',
  series: [{ dataset, key: `${hash(name)} CT` }],
});

describe('a decision', () => {
  test('about a whole series labels it as one, also slices that come later', () => {
    expect(edits('a', { reader: 1 })).toEqual([['MR', series('d1', 'a')]]);
    expect(edits('a', { class: 'XR' })).toEqual([['XR', series('d1', 'a')]]);
    expect(edits('a', { class: null })).toEqual([[null, series('d1', 'a')]]);
  });

  test('about some slices labels these alone, each as the reader who is right', () => {
    expect(edits('b', { reader: 1 })).toEqual([
      ['PT', { kind: 'slices', slices: [{ shard: 10, rows: [[4, 5]] }] }],
      [null, { kind: 'slices', slices: [{ shard: 10, rows: [[5, 6]] }] }],
    ]);
    expect(edits('c', { reader: 0 })).toEqual([
      ['CT', { kind: 'slices', slices: [{ shard: 10, rows: [[6, 8]] }] }],
      ['MR', { kind: 'slices', slices: [{ shard: 11, rows: [[0, 1]] }] }],
    ]);
    // The second reader says nothing of the last slice.
    const three = [
      { shard: 10, rows: [[6, 8]] },
      { shard: 11, rows: [[0, 1]] },
    ];
    expect(edits('c', { reader: 1 })).toEqual([['PT', { kind: 'slices', slices: three }]]);
  });
});

describe('what is left', () => {
  const items = Object.values(found());
  const label: LabelChange = { kind: 'label', set: MODALITY_SET.id, class: 'CT', source: 'user' };
  const left = (target: LabelTarget, change: LabelChange = label, since = 4) =>
    undecided(items, { edits: [editEvent(5, { target, change })] }, MODALITY_SET.id, since).map(
      (item) => 'abc'[items.indexOf(item)],
    );

  test.each<[string, LabelTarget]>([
    ['bc', series('d1', 'a')],
    ['c', { kind: 'dataset', dataset: 'd1' }],
    ['ac', { kind: 'slices', slices: [{ shard: 10, rows: [[4, 6]] }] }],
    // One of two differing slices.
    ['abc', { kind: 'slices', slices: [{ shard: 10, rows: [[4, 5]] }] }],
  ])('is %s after a label of %j', (names, target) => {
    expect(left(target).join('')).toBe(names);
  });

  test('is told by what a user said of this label set since: exclusions, too, but no import and nothing before', () => {
    const target = series('d1', 'a');
    expect(left(target, { kind: 'exclude', exclude: true })).toEqual(['b', 'c']);
    expect(left(target, { kind: 'exclude', exclude: false })).toHaveLength(3);
    expect(left(target, { ...label, source: 'import' })).toHaveLength(3);
    expect(left(target, { ...label, set: 'another' })).toHaveLength(3);
    expect(left(target, label, 5)).toHaveLength(3);
  });
});
