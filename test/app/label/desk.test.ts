/** The desk: what is shown follows the keys at once, and ends as the store has it, however the store behaves. */
import { describe, expect, test } from 'vitest';
import { createDesk } from '../../../src/app/label/desk.ts';
import type { WriterPort } from '../../../src/app/label/writer.ts';
import { labelEdits } from '../../../src/core/dataset/labelEdits.ts';
import { gather, type LabelAct, seriesLabels } from '../../../src/core/dataset/seriesLabels.ts';
import { listSeries } from '../../../src/core/dataset/seriesList.ts';
import type { LabelChange, LabelEdit } from '../../../src/core/labels/event.ts';
import { NO_CLASS } from '../../../src/core/labels/labelSet.ts';
import { makeSeriesShards } from '../../builders/series.ts';

const CLASSES = ['CT', 'MR', 'PT', 'XR'];
const turn = () => new Promise((resolve) => setTimeout(resolve));

/** Series of two slices each, of nobody. */
function board(series = 5) {
  const shards = makeSeriesShards(
    Array.from({ length: series }, (_, i) => ({
      dataset: 'a',
      series: `s${i}`,
      slices: 2,
      label: null,
      source: 'none' as const,
    })),
    3,
  );
  const list = listSeries(shards);
  const by = { classes: 4, splits: 1, splitOf: Uint8Array.of(0), unused: new Uint8Array(list.slices) };
  const columns = gather(list, shards);
  return { list, by, labels: seriesLabels(list, columns, by) };
}

/** A store that fails where it is told to, and remembers what it has written. */
function store(fails: (call: number) => boolean = () => false) {
  const acts: (readonly LabelEdit[])[] = [];
  const undone: (readonly LabelEdit[])[] = [];
  let calls = 0;
  const slowly = async () => {
    await turn();
    if (fails(calls++)) throw new Error('The disk is full.');
  };
  const port: WriterPort = {
    edit: async (edits) => {
      await slowly();
      acts.push(edits);
      undone.length = 0;
    },
    undo: async () => {
      await slowly();
      const last = acts.pop();
      if (last) undone.push(last);
      return last !== undefined;
    },
    redo: async () => {
      await slowly();
      const last = undone.pop();
      if (last) acts.push(last);
      return last !== undefined;
    },
  };
  return { port, acts };
}

function open(port: WriterPort, of = board()) {
  const events: unknown[] = [];
  const desk = createDesk(port, {
    changed: () => undefined,
    settled: (stale) => events.push(stale ? 'read again' : 'settled'),
    failed: (error, lost) => events.push([(error as Error).message, lost]),
  });
  desk.load(of);
  const press = (series: number, label: number) => {
    const span = [of.list.start[series], of.list.start[series + 1]] as const;
    const act: LabelAct = { spans: [span], change: { kind: 'label', label } };
    const change: LabelChange = { kind: 'label', set: 'modality', class: CLASSES[label], source: 'user' };
    desk.press(act, labelEdits(of.list, act.spans, change));
  };
  return { desk, press, events, of, shown: () => [...of.labels.labelOf] };
}

const settled = async (desk: { unsaved(): number }) => {
  while (desk.unsaved() > 0) await turn();
};

const NONE = NO_CLASS;

test('a press shows at once, before the store has answered, and every one is written', async () => {
  const { port, acts } = store();
  const { desk, press, shown, events } = open(port);
  for (let i = 0; i < 5; i++) press(i, i % 4);
  expect(shown()).toEqual([0, 1, 2, 3, 0]);
  expect(desk.unsaved()).toBe(5);
  await settled(desk);
  expect(acts).toHaveLength(5);
  expect(events).toEqual(['settled']);
});

test('undo and redo show at once, too, and each takes one press', async () => {
  const { port, acts } = store();
  const { desk, press, shown } = open(port);
  press(0, 1);
  press(1, 2);
  expect(desk.undo()).toEqual([[2, 4]]);
  expect(shown()).toEqual([1, NONE, NONE, NONE, NONE]);
  expect(desk.redo()).toEqual([[2, 4]]);
  expect(shown()).toEqual([1, 2, NONE, NONE, NONE]);
  desk.undo();
  desk.undo();
  press(4, 3);
  await settled(desk);
  expect(shown()).toEqual([NONE, NONE, NONE, NONE, 3]);
  expect(acts).toHaveLength(1);
});

test('what was done before this page is undone by the store, which is then read again', async () => {
  const { port, acts } = store();
  acts.push([]);
  const { desk, events } = open(port);
  expect(desk.undo()).toBeNull();
  await settled(desk);
  expect(acts).toEqual([]);
  expect(events).toEqual(['read again']);
});

describe('a store that fails', () => {
  test('puts back what it has not written, and says how much', async () => {
    const { port, acts } = store((call) => call === 1);
    const { desk, press, shown, events } = open(port);
    press(0, 1);
    press(1, 2);
    press(1, 3);
    desk.undo();
    press(2, 0);
    await settled(desk);
    expect(shown()).toEqual([1, NONE, NONE, NONE, NONE]);
    expect(acts).toHaveLength(1);
    expect(events).toEqual([['The disk is full.', 4]]);
  });

  test('labels again when it works again', async () => {
    const { port, acts } = store((call) => call === 0);
    const { desk, press, shown, events } = open(port);
    press(0, 1);
    await settled(desk);
    press(0, 2);
    await settled(desk);
    expect(shown()[0]).toBe(2);
    expect(acts).toHaveLength(1);
    expect(events.at(-1)).toBe('settled');
  });

  test.each([0, 1, 2, 3, 4])('at call %i ends with what the store has', async (at) => {
    const { port, acts } = store((call) => call === at);
    const { desk, press, shown, of } = open(port);
    for (let i = 0; i < 5; i++) {
      press(i, i % 4);
      if (i % 2) desk.undo();
      if (i === 3) await settled(desk);
    }
    await settled(desk);
    const labelled = acts
      .flat()
      .flatMap(({ target, change }) =>
        target.kind === 'series' && change.kind === 'label'
          ? target.series.map(({ key }) => [of.list.keys.indexOf(key), CLASSES.indexOf(change.class!)])
          : [],
      );
    const wanted = Array.from({ length: 5 }, () => NONE);
    for (const [series, label] of labelled) wanted[series] = label;
    expect(shown()).toEqual(wanted);
  });
});
