/** Undo and redo while a label set is edited. */
import { expect, test } from 'vitest';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { beginDraft, editDraft, redoDraft, undoDraft } from '../../../src/ui/labelSets/draft.ts';
import { listOf } from '../../../src/ui/labelSets/ListField.tsx';

const named = (name: string) => ({ ...DEFAULT_SET, name });

test('letters typed in one field are undone together, edits elsewhere each', () => {
  let draft = beginDraft(DEFAULT_SET);
  for (const name of ['a', 'ab', 'abc']) draft = editDraft(draft, named(name), 'name');
  draft = editDraft(draft, named('x'));
  draft = editDraft(draft, named('y'));
  expect(undoDraft(draft).now.name).toBe('x');
  expect(undoDraft(undoDraft(draft)).now.name).toBe('abc');
  expect(undoDraft(undoDraft(undoDraft(draft))).now).toBe(DEFAULT_SET);
});

test('what was undone is made again until something else is edited', () => {
  const draft = undoDraft(editDraft(beginDraft(DEFAULT_SET), named('a')));
  expect(redoDraft(draft).now.name).toBe('a');
  expect(redoDraft(editDraft(draft, named('b'))).now.name).toBe('b');
  expect(undoDraft(beginDraft(DEFAULT_SET)).now).toBe(DEFAULT_SET);
});

test('an edit that changes nothing is none; typing after an undo is an edit of its own', () => {
  const draft = editDraft(beginDraft(DEFAULT_SET), named('a'), 'name');
  expect(editDraft(draft, named('a'))).toBe(draft);
  const again = editDraft(redoDraft(undoDraft(draft)), named('ab'), 'name');
  expect(undoDraft(again).now.name).toBe('a');
});

test('a list of folder names has each once', () => {
  expect(listOf(' wb, whole body,, WB ,')).toEqual(['wb', 'whole body']);
});
