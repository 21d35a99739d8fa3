/** The writer of labels: no press is lost or written out of order, however slow the store is. */
import { expect, test } from 'vitest';
import { createWriter, type Write, type WriterPort } from '../../../src/app/label/writer.ts';
import type { LabelEdit } from '../../../src/core/labels/event.ts';

const edit = (dataset: string): LabelEdit => ({
  target: { kind: 'dataset', dataset },
  change: { kind: 'exclude', exclude: true },
});
const press = (dataset: string): Write => ({ kind: 'edit', edits: [edit(dataset)] });
const names = (edits: readonly LabelEdit[]) =>
  edits.map(({ target }) => (target.kind === 'dataset' ? target.dataset : ''));

/** A store that answers only when it is told to. */
function slowStore() {
  const calls: string[] = [];
  const answers: { yes(found?: boolean): void; no(error: Error): void }[] = [];
  const wait = (call: string) =>
    new Promise<boolean>((resolve, reject) => {
      calls.push(call);
      answers.push({ yes: (found = true) => resolve(found), no: reject });
    });
  const port: WriterPort = {
    edit: async (edits) => void (await wait(names(edits).join(' '))),
    undo: () => wait('undo'),
    redo: () => wait('redo'),
  };
  const answer = async (how: (one: (typeof answers)[number]) => void) => {
    how(answers.shift()!);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { port, calls, yes: (found = true) => answer((one) => one.yes(found)), answer };
}

function writer(port: WriterPort) {
  const events: unknown[] = [];
  const made = createWriter(port, {
    written: (stale) => events.push(stale ? 'stale' : 'written'),
    failed: (error, lost) => events.push([(error as Error).message, lost]),
  });
  return { ...made, events };
}

test('presses that wait for a slow store are written one by one, in their order', async () => {
  const store = slowStore();
  const { push, waiting, events } = writer(store.port);
  for (const name of ['a', 'b', 'c']) push(press(name));
  expect(store.calls).toEqual(['a']);
  expect(waiting()).toBe(3);
  await store.yes();
  push(press('d'));
  for (let i = 0; i < 3; i++) await store.yes();
  expect(store.calls).toEqual(['a', 'b', 'c', 'd']);
  expect(waiting()).toBe(0);
  expect(events).toEqual(['written', 'written', 'written', 'written']);
});

test('an undo is written where it was pressed, between the edits', async () => {
  const store = slowStore();
  const { push } = writer(store.port);
  for (const write of [press('a'), press('b'), { kind: 'undo' }, { kind: 'redo' }, press('c')] as Write[])
    push(write);
  for (let i = 0; i < 5; i++) await store.yes();
  expect(store.calls).toEqual(['a', 'b', 'undo', 'redo', 'c']);
});

test('an undo that found nothing says so', async () => {
  const store = slowStore();
  const { push, events } = writer(store.port);
  push({ kind: 'undo' });
  await store.yes(false);
  expect(events).toEqual(['stale']);
});

test('a failed write gives up what waited behind it, and a later press is written again', async () => {
  const store = slowStore();
  const { push, waiting, events } = writer(store.port);
  for (const write of [press('a'), press('b'), { kind: 'undo' }] as Write[]) push(write);
  await store.answer((one) => one.no(new Error('full')));
  expect(events).toEqual([['full', 3]]);
  expect(waiting()).toBe(0);
  push(press('c'));
  await store.yes();
  expect(store.calls).toEqual(['a', 'c']);
});
