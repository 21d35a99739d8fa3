/** Notices: what leaves by itself, what stays, and what takes another's place. */
import { beforeEach, expect, test, vi } from 'vitest';
import { createNotices } from '../../src/app/notices.ts';
import type { Notice, State } from '../../src/app/state.ts';

let notices: Notice[];

beforeEach(() => {
  notices = [];
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function create() {
  return createNotices((patch) => {
    notices = patch({ notices } as State).notices ?? notices;
  });
}

const notice = (title: string, more: Partial<Notice> = {}): Omit<Notice, 'id'> => ({
  tone: 'success',
  title,
  detail: '',
  next: '',
  action: null,
  ...more,
});
const titles = () => notices.map(({ title }) => title);

test('a success leaves by itself, one with an undo later, an error not at all', () => {
  const { notify, dismiss } = create();
  notify(notice('done'));
  notify(notice('removed', { action: { label: 'Undo', run: () => {} } }));
  notify(notice('failed', { tone: 'error' }));
  vi.advanceTimersByTime(6000);
  expect(titles()).toEqual(['removed', 'failed']);
  vi.advanceTimersByTime(9000);
  expect(titles()).toEqual(['failed']);
  vi.advanceTimersByTime(3_600_000);
  expect(titles()).toEqual(['failed']);
  dismiss(notices[0].id);
  expect(titles()).toEqual([]);
});

test('one of the same title takes the place of the one before, and outlives its time', () => {
  const { notify } = create();
  notify(notice('done', { detail: 'first' }));
  vi.advanceTimersByTime(5000);
  notify(notice('done', { detail: 'second' }));
  expect(notices.map(({ detail }) => detail)).toEqual(['second']);
  vi.advanceTimersByTime(5000);
  expect(titles()).toEqual(['done']);
});

test('of several about the last drop only the newest stands, whatever its title and tone', () => {
  const { notify } = create();
  notify(notice('Names kept.'));
  notify(notice('Added 3 slices.', { about: 'drop' }));
  notify(notice('No slice was found.', { about: 'drop', tone: 'error' }));
  notify(notice('Added 5 slices.', { about: 'drop' }));
  expect(titles()).toEqual(['Names kept.', 'Added 5 slices.']);
});

test('only the two newest stand beside the errors, which all stay', () => {
  const { notify } = create();
  notify(notice('failed', { tone: 'error' }));
  for (const title of ['one', 'two', 'three']) notify(notice(title, { tone: 'info' }));
  notify(notice('failed too', { tone: 'error' }));
  expect(titles()).toEqual(['failed', 'two', 'three', 'failed too']);
});

test('with another project what they offer goes, and what they told of a drop; the rest stays', () => {
  const { notify, leave } = create();
  notify(notice('Added 5 slices.', { about: 'drop', tone: 'error' }));
  notify(notice('Split changed.', { action: { label: 'Undo', run: () => {} } }));
  notify(notice('Deleted.'));
  notify(notice('failed', { tone: 'error' }));
  leave();
  expect(titles()).toEqual(['Deleted.', 'failed']);
});
