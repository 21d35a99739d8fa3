/** What is said of a drop: its figures while it goes on, and the notice at its end. */
import { describe, expect, test } from 'vitest';
import { added } from '../../src/app/added.ts';
import type { Context } from '../../src/app/context.ts';
import { openDrop } from '../../src/app/drops.ts';
import type { State } from '../../src/app/state.ts';
import type { SkippedFile } from '../../src/core/files/progress.ts';
import { noProgress } from '../../src/core/files/reporter.ts';
import { skipped } from '../fakes/state.ts';

describe('a drop', () => {
  const open = (drops: State['drops'] = []) => {
    let state = { drops } as unknown as State;
    const set: Context['set'] = (patch) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    };
    return { log: openDrop(set), drops: () => state.drops };
  };
  const progress = { ...noProgress(), files: 5, read: 2, other: 1, described: 1, skipped: 1 };

  test('counts files that no worker saw with those that one did', () => {
    const { log, drops } = open();
    log.lose(skipped(2));
    expect(log.figures()).toEqual({ files: 2, read: 0, other: 0, described: 0, skipped: 2 });
    log.count(progress);
    expect(log.figures()).toEqual({ files: 7, read: 2, other: 1, described: 1, skipped: 3 });
    log.lose(skipped(1));
    expect(drops()[0]).toMatchObject({ files: 8, read: 2, skipped: 4 });
    expect(drops()[0].unused).toHaveLength(3);
    expect(log.lost()).toBe(3);
  });

  test('gathers its files and remarks, and leaves those of other drops alone', () => {
    const before = open();
    const { log, drops } = open(before.drops());
    const [one, two] = skipped(2);
    log.skip([one]);
    log.skip([two]);
    log.remark([{ ...one, code: 'no-label' } as never]);
    log.count(progress);
    expect(drops()[0]).toEqual(before.drops()[0]);
    expect(drops()[1]).toMatchObject({ id: 2, unused: [one, two] satisfies SkippedFile[], files: 5 });
    expect(drops()[1].remarks).toHaveLength(1);
  });
});

describe('the notice at the end of a drop', () => {
  const none = { files: 3, read: 0, other: 0, skipped: 0, slices: 0, known: 0 };
  const notice = (more: Partial<typeof none>) => added({ ...none, ...more }, 1, () => {});

  test.each([
    ['new slices', { read: 3, slices: 3 }, 'success', null],
    ['new slices and files that could not be used', { read: 2, slices: 2, skipped: 1 }, 'success', 'Why?'],
    ['slices that were there before', { known: 3, read: 3 }, 'info', null],
    ['files of which all are other', { other: 3, slices: 3 }, 'info', 'Why?'],
    ['no slice', { skipped: 3 }, 'error', 'Why?'],
    ['no file', { files: 0 }, 'error', null],
  ])('after %s has a tone and a way to the reasons that fit', (_, figures, tone, action) => {
    expect(notice(figures)).toMatchObject({ tone });
    expect(notice(figures).action?.label ?? null).toBe(action);
  });

  test('counts in words that fit one and many', () => {
    expect(notice({ read: 1, slices: 1 }).title).toBe('Added 1 slice to 1 dataset.');
    expect(added({ ...none, read: 1, slices: 1200 }, 2, () => {}).title).toBe(
      'Added 1,200 slices to 2 datasets.',
    );
    const { detail } = notice({ read: 1, slices: 1, known: 2, other: 1, skipped: 1 });
    expect(detail.split(/(?<=\.) /)).toEqual([
      '2 slices had been added before.',
      '1 file is kept without a label and left out of training.',
      '1 file could not be used.',
    ]);
    expect(notice({ read: 3, slices: 3 }).detail).toBe('');
    expect(notice({ known: 3 }).title).toContain('Nothing new');
    expect(notice({ known: 3 }).detail).toBe('');
    expect(notice({ files: 0 }).detail).not.toContain('could not');
  });
});
