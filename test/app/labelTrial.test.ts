/** Label sets are tried on stored slices, and nothing is stored. */
import { describe, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createLabelTrialCommands } from '../../src/app/labelTrial.ts';
import type { Notice, State } from '../../src/app/state.ts';
import type { LabelEvent } from '../../src/core/labels/event.ts';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import type { Store } from '../../src/storage/port.ts';
import { ROWS } from '../fakes/labelSets.ts';

const spine = (seq: number, kind: 'edit' | 'undo'): LabelEvent =>
  ({
    seq,
    act: 1,
    project: 'p',
    timeMs: 0,
    reader: '',
    kind,
    target: { kind: 'slices', slices: [{ shard: 0, rows: [[360, 400]] }] },
    change: { kind: 'label', set: 'body-region', class: 'spine', source: 'user' },
  }) as LabelEvent;

function begin(events: LabelEvent[], shards = [ROWS]) {
  const notices: Omit<Notice, 'id'>[] = [];
  const reads: string[] = [];
  // No method that writes: a call of one would fail.
  const store = {
    labelSets: async () => [DEFAULT_SET],
    shardIndexes: async (project: string) => {
      reads.push(project);
      return shards;
    },
    labelEvents: async () => events,
  } as unknown as Store;
  const context = {
    get: () => ({ project: { id: 'p' } }) as State,
    set: () => {},
    store,
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
    go: () => {},
    ask: async () => true,
  } as Context;
  return { ...createLabelTrialCommands(context).tryLabelSets(), notices, reads };
}

describe('a trial', () => {
  test('reads the project once, and counts values and effects by what was given', async () => {
    const { values, effectOf, reads } = begin([spine(1, 'edit')]);
    expect((await values())!.BodyPartExamined[0]).toEqual({ value: 'CHEST', series: 3, slices: 120 });
    const effect = (await effectOf(BODY_REGION_SET))!;
    expect(effect.shifts).toContainEqual({ from: null, to: 'spine', given: true, slices: 40 });
    expect(effect.counts.get('chest')).toBe(120);
    expect(reads).toEqual(['p']);
  });

  test('does not count labels that were taken back', async () => {
    const { effectOf } = begin([spine(1, 'edit'), spine(2, 'undo')]);
    expect((await effectOf(BODY_REGION_SET))!.shifts.some(({ given }) => given)).toBe(false);
  });

  test('compares with the set of the same id that is stored', async () => {
    const { effectOf } = begin([]);
    expect((await effectOf(DEFAULT_SET))!.shifts).toEqual([]);
  });

  test('of many shards ends when a later set is tried', async () => {
    const { effectOf } = begin(
      [],
      Array.from({ length: 40 }, (_, shard) => ({ ...ROWS, shard })),
    );
    const [first, second] = await Promise.all([effectOf(DEFAULT_SET), effectOf(BODY_REGION_SET)]);
    expect(first).toBeNull();
    expect(second!.slices).toBe(40 * ROWS.count);
  });

  test('that fails says so and counts nothing', async () => {
    const { values, effectOf, notices } = begin([], null as never);
    expect([await values(), await effectOf(DEFAULT_SET)]).toEqual([null, null]);
    expect(notices.map(({ title }) => title)).toEqual([
      'The values were not counted.',
      'What would change was not counted.',
    ]);
  });
});
