/** What labels changed after figures were made, and which were corrected before. */
import { describe, expect, test } from 'vitest';
import { changedSince, slicesChanged } from '../../../src/core/labels/changedSince.ts';
import { correctedBefore } from '../../../src/core/labels/correctedBefore.ts';
import type { LabelChange, LabelEvent } from '../../../src/core/labels/event.ts';
import { NO_CLASS } from '../../../src/core/labels/labelSet.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { LABEL_SOURCES } from '../../../src/core/types.ts';
import { makeSeriesShards } from '../../builders/series.ts';

const [CT, MR] = [0, 1];
const USER = LABEL_SOURCES.indexOf('user');

/** Eight slices of CT by their tag in two shards, and what a run predicted of all of them. */
function project() {
  const shards = makeSeriesShards([{ dataset: 'd', series: 's', slices: 8 }], 4);
  const places = shards.flatMap(({ shard, count }) =>
    Array.from({ length: count }, (_, row) => [shard, row]),
  );
  const judged = {
    shard: Uint32Array.from(places, ([shard]) => shard),
    row: Uint32Array.from(places, ([, row]) => row),
    truth: new Uint8Array(8).fill(CT),
  };
  return { shards, judged };
}

describe('labels changed since', () => {
  test('are counted with who gave the new ones; an excluded slice counts as excluded alone', () => {
    const { shards, judged } = project();
    expect(changedSince(judged, DEFAULT_SET, DEFAULT_SET, shards)).toEqual({
      relabelled: 0,
      excluded: 0,
      by: {},
    });
    const [first, second] = shards;
    first.label.set([MR, MR, NO_CLASS, MR]);
    first.source.set([USER, USER, USER, LABEL_SOURCES.indexOf('import')]);
    second.label[1] = MR;
    second.excluded[1] = 1;
    const found = changedSince(judged, DEFAULT_SET, DEFAULT_SET, shards);
    expect(found).toEqual({ relabelled: 4, excluded: 1, by: { user: 3, import: 1 } });
    expect(slicesChanged(found)).toBe(5);
  });

  test('do not count slices that are gone, damaged or no longer stored', () => {
    const { shards, judged } = project();
    shards[0].label.fill(MR);
    shards[0].removed.set([1, 2, 3, 0]);
    shards[1].label.fill(MR);
    expect(changedSince(judged, DEFAULT_SET, DEFAULT_SET, [shards[0]])).toMatchObject({ relabelled: 1 });
  });

  test('are told apart from classes that were moved, or merged into others', () => {
    const { shards, judged } = project();
    const [ct, mr, ...others] = DEFAULT_SET.classes;
    const moved = { ...DEFAULT_SET, classes: [mr, ct, ...others] };
    const merged = { ...DEFAULT_SET, classes: [mr, ...others], merged: { CT: 'MR' } };
    for (const shard of shards) shard.label.fill(1);
    expect(changedSince(judged, DEFAULT_SET, moved, shards)).toMatchObject({ relabelled: 0 });
    for (const shard of shards) shard.label.fill(0);
    expect(changedSince(judged, DEFAULT_SET, moved, shards)).toMatchObject({ relabelled: 8 });
    expect(changedSince(judged, DEFAULT_SET, merged, shards)).toMatchObject({ relabelled: 0 });
  });
});

describe('labels corrected before', () => {
  const event = (seq: number, rows: [number, number], change: LabelChange, timeMs = seq): LabelEvent => ({
    seq,
    act: seq,
    project: 'p',
    timeMs,
    reader: '',
    kind: 'edit',
    target: { kind: 'slices', slices: [{ shard: 1, rows: [rows] }] },
    change,
  });
  const asClass = (of: string | null, source: 'user' | 'import' = 'user'): LabelChange => ({
    kind: 'label',
    set: DEFAULT_SET.id,
    class: of,
    source,
  });

  test('are those that someone gave in place of what the file says', () => {
    const { shards, judged } = project();
    judged.truth.set([MR, MR, CT, MR]);
    const events = [
      event(1, [0, 2], asClass('MR')),
      // Confirmed, not corrected.
      event(2, [2, 3], asClass('CT')),
      event(3, [3, 4], asClass('MR', 'import')),
      event(4, [0, 4], { kind: 'exclude', exclude: false }),
    ];
    expect(correctedBefore(judged, DEFAULT_SET, shards, events, 10)).toEqual({ user: 2, import: 1 });
  });

  test('do not count what was taken back before, or done after', () => {
    const { shards, judged } = project();
    judged.truth.set([MR, CT, CT, CT]);
    const undone = { seq: 3, act: 2, project: 'p', timeMs: 3, reader: '', kind: 'undo' } as const;
    const events = [
      event(1, [0, 1], asClass('MR')),
      event(2, [1, 2], asClass('MR')),
      undone,
      event(4, [0, 1], asClass('XR'), 9),
    ];
    expect(correctedBefore(judged, DEFAULT_SET, shards, events, 5)).toEqual({ user: 1 });
    expect(correctedBefore(judged, DEFAULT_SET, shards, events, 10)).toEqual({});
  });

  test('do not count labels of slices that had none', () => {
    const { shards, judged } = project();
    for (const { series } of shards) for (const facts of series) facts.modalityTag = null;
    judged.truth.fill(MR);
    expect(correctedBefore(judged, DEFAULT_SET, shards, [event(1, [0, 4], asClass('MR'))], 10)).toEqual({});
  });
});
