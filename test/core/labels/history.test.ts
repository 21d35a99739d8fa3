/** Which edits undo and redo leave in force. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LabelEvent } from '../../../src/core/labels/event.ts';
import { historyOf } from '../../../src/core/labels/history.ts';

const edit = (seq: number, act = seq): LabelEvent => ({
  seq,
  act,
  project: 'p',
  timeMs: 0,
  reader: '',
  kind: 'edit',
  target: { kind: 'dataset', dataset: 'd' },
  change: { kind: 'label', set: 'modality', class: 'CT', source: 'user' },
});
const step = (seq: number, kind: 'undo' | 'redo', act: number): LabelEvent => ({
  seq,
  act,
  project: 'p',
  timeMs: 0,
  reader: '',
  kind,
});

test('edits of one act are undone and made again together', () => {
  const done = [edit(1), edit(2), edit(3, 2)];
  expect(historyOf(done)).toMatchObject({ undo: 2, redo: null });
  const undone = [...done, step(4, 'undo', 2)];
  expect(historyOf(undone)).toEqual({ edits: [done[0]], undo: 1, redo: 2 });
  expect(historyOf([...undone, step(5, 'redo', 2)])).toEqual({ edits: done, undo: 2, redo: null });
});

test('a new edit ends what could be made again; edits of an older version are never undone', () => {
  const migrated = { ...edit(1), migrated: true } as LabelEvent;
  expect(historyOf([migrated])).toEqual({ edits: [migrated], undo: null, redo: null });
  expect(historyOf([migrated, edit(2), step(3, 'undo', 2), edit(4)])).toMatchObject({ undo: 4, redo: null });
});

test('the record gives what a stack of acts gives, for any order of acts', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('edit', 'undo', 'redo')), (acts) => {
      const events: LabelEvent[] = [];
      const done: number[] = [];
      const undone: number[] = [];
      for (const act of acts) {
        const seq = events.length + 1;
        const { undo, redo } = historyOf(events);
        if (act === 'edit') {
          events.push(edit(seq));
          done.push(seq);
          undone.length = 0;
        } else if (act === 'undo' && undo !== null) {
          events.push(step(seq, 'undo', undo));
          undone.push(done.pop()!);
        } else if (act === 'redo' && redo !== null) {
          events.push(step(seq, 'redo', redo));
          done.push(undone.pop()!);
        }
      }
      expect(historyOf(events).edits.map(({ seq }) => seq)).toEqual(done.toSorted((a, b) => a - b));
    }),
  );
});
