/** What a change of a set does to stored labels, and which values the stored slices have. */
import { describe, expect, test } from 'vitest';
import { labelColumns } from '../../../src/core/labels/apply.ts';
import {
  addClass,
  changeClass,
  emptySet,
  mergeClass,
  removeClass,
} from '../../../src/core/labels/editSet.ts';
import type { LabelEvent } from '../../../src/core/labels/event.ts';
import { shardEffect, wholeEffect } from '../../../src/core/labels/setEffect.ts';
import { foundValues, setOfValues } from '../../../src/core/labels/values.ts';
import { KEY_BYTES } from '../../../src/core/types.ts';
import { makeFacts } from '../../builders/storage.ts';

/** A shard of one dataset whose series have these body parts, `each` slices of every one. */
function shard(parts: readonly (string | null)[], each: number, number = 0) {
  const count = parts.length * each;
  return {
    shard: number,
    count,
    datasets: ['d'],
    dataset: new Uint16Array(count),
    series: parts.map((bodyPart, at) => ({ ...makeFacts(`s${at}`, 'p'), bodyPart })),
    seriesOf: Uint16Array.from({ length: count }, (_, row) => Math.floor(row / each)),
    removed: new Uint8Array(count),
    key: new Uint8Array(count * KEY_BYTES),
  };
}

const PARTS = ['Head', 'Neck', 'Chest'].reduce(
  (set, name) =>
    addClass(set, name, { dicom: [{ attribute: 'BodyPartExamined', value: name.toUpperCase() }] }),
  emptySet('Parts', []),
);
const ROWS = shard(['HEAD', 'CHEST', null], 10);
const label = (seq: number, rows: [number, number], name: string | null): LabelEvent => ({
  seq,
  act: seq,
  project: 'p',
  timeMs: 0,
  reader: '',
  kind: 'edit',
  target: { kind: 'slices', slices: [{ shard: 0, rows: [rows] }] },
  change: { kind: 'label', set: 'parts', class: name, source: 'user' },
});
/** Ten slices without a proposal are given Neck. */
const EDITS = [label(1, [20, 30], 'neck')] as Extract<LabelEvent, { kind: 'edit' }>[];
const effect = (before: typeof PARTS | null, after: typeof PARTS) =>
  wholeEffect([
    shardEffect(ROWS, before && { set: before, columns: labelColumns(ROWS, before, EDITS) }, after, EDITS),
  ]);

describe('the effect of a change', () => {
  test('of a new set is what headers propose and what was given before', () => {
    const { shifts, counts, slices } = effect(null, PARTS);
    expect(slices).toBe(30);
    expect(shifts).toEqual([
      { from: null, to: 'head', given: false, slices: 10 },
      { from: null, to: 'chest', given: false, slices: 10 },
      { from: null, to: 'neck', given: true, slices: 10 },
    ]);
    expect(counts.get('neck')).toBe(10);
  });

  test('of nothing but names, colours and order is none', () => {
    const renamed = changeClass({ ...PARTS, classes: PARTS.classes.toReversed() }, 'head', { name: 'Kopf' });
    expect(effect(PARTS, renamed).shifts).toEqual([]);
  });

  test('of a merge is that labels given for the one count for the other', () => {
    expect(effect(PARTS, mergeClass(PARTS, 'neck', 'head')).shifts).toEqual([
      { from: 'neck', to: 'head', given: true, slices: 10 },
    ]);
  });

  test('of a removal is that its labels are gone', () => {
    const removed = removeClass(removeClass(PARTS, 'neck'), 'chest');
    expect(effect(PARTS, removed).shifts).toEqual([
      { from: 'chest', to: null, given: false, slices: 10 },
      { from: 'neck', to: null, given: true, slices: 10 },
    ]);
    expect(effect(PARTS, removed).counts.get(null)).toBe(20);
  });

  test('leaves removed slices out, and adds up shards', () => {
    const rows = { ...ROWS, removed: ROWS.removed.map((_, row) => Number(row < 4)) };
    const parts = [
      shardEffect(rows, null, PARTS, EDITS),
      shardEffect(shard(['HEAD'], 5, 1), null, PARTS, []),
    ];
    expect(wholeEffect(parts)).toMatchObject({ slices: 31 });
    expect(wholeEffect(parts).counts.get('head')).toBe(11);
    expect(wholeEffect(parts).shifts[0]).toEqual({ from: null, to: 'head', given: false, slices: 11 });
  });
});

describe('the values of stored slices', () => {
  test('are counted without case, the most frequent first; removed slices have none', () => {
    const rows = shard(['CHEST', 'Chest ', 'HEAD', 'NECK\\HEAD', 'LEG'], 3);
    rows.removed.fill(1, 12);
    expect(foundValues([rows, shard(['HEAD'], 2, 1)]).BodyPartExamined).toEqual([
      { value: 'HEAD', series: 3, slices: 8 },
      { value: 'CHEST', series: 2, slices: 6 },
      { value: 'NECK', series: 1, slices: 3 },
    ]);
  });

  test('do not show a Modality that was not listed', () => {
    const rows = shard([null], 2);
    rows.series[0].modalityTag = 'unlisted';
    expect(foundValues([rows]).Modality).toEqual([]);
  });

  test('make a class each', () => {
    const set = setOfValues('Parts', 'BodyPartExamined', ['CHEST', 'LEG'], ['parts']);
    expect(set.id).toBe('parts-2');
    expect(set.classes).toMatchObject([
      { id: 'chest', name: 'Chest', key: '1', dicom: [{ attribute: 'BodyPartExamined', value: 'CHEST' }] },
      { id: 'leg', name: 'Leg', key: '2' },
    ]);
    const many = setOfValues(
      'X',
      'folder',
      Array.from({ length: 90 }, (_, i) => `Folder ${i}`),
      [],
    );
    expect(many.classes).toHaveLength(64);
    expect(many.classes[3]).toMatchObject({ folders: ['Folder 3'], dicom: [] });
  });
});
