/** Old labels that contradict the tag are offered for correction, once. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createLabelCommands } from '../../src/app/labels.ts';
import type { DatasetRow, Notice, State } from '../../src/app/state.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeIndex } from '../builders/storage.ts';
import { eventually } from '../harness/eventually.ts';

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  return () => vi.unstubAllGlobals();
});

function open(slices: number, more: Partial<State> = {}) {
  const contradictions = [
    { folder: 'CT', code: 'RTDOSE', label: 'CT', slices },
    { folder: 'CT', code: 'MR', label: 'MR', slices: 5 },
  ].filter((one) => one.slices > 0);
  const state = {
    project: { id: 'p' },
    datasets: [{ contradictions }] as unknown as DatasetRow[],
    live: null,
    job: null,
    readOnly: false,
    ...more,
  } as unknown as State;
  const notices: Omit<Notice, 'id'>[] = [];
  const labelled: string[] = [];
  const context: Context = {
    get: () => state,
    set: () => {},
    store: {
      labelSets: async () => [DEFAULT_SET],
      shardIndexes: async () => [makeIndex('p', ['a'])],
      editLabels: async (id: string) => void labelled.push(id),
    } as unknown as Store,
    notify: (notice) => notices.push(notice),
    go: () => {},
    ask: async () => true,
  };
  let reads = 0;
  const commands = createLabelCommands(context, async () => void reads++);
  return { ...commands, notices, labelled, reads: () => reads };
}

describe('opening a project', () => {
  test('offers to follow the tags, with the number of slices, and asks once', async () => {
    const { offer, notices, labelled, reads } = open(3);
    offer();
    offer();
    expect(notices).toHaveLength(1);
    expect(notices[0].title).toContain('3 slices');
    notices[0].action?.run();
    await eventually(() => expect(notices).toHaveLength(2));
    expect([labelled, reads()]).toEqual([['p'], 1]);
    expect(notices[1]).toMatchObject({ tone: 'success', title: '3 slices are labelled by the DICOM tag.' });
  });

  test('says nothing where the tag was followed, or where this tab may only read', () => {
    for (const { offer, notices } of [open(0), open(3, { readOnly: true })]) {
      offer();
      expect(notices).toEqual([]);
    }
  });
});

test('labels stay while a training reads them', async () => {
  const { labelByTags, labelled, notices } = open(3, { live: {} as State['live'] });
  await labelByTags();
  expect(labelled).toEqual([]);
  const reading = open(3, { job: {} as State['job'] });
  await reading.labelByTags();
  expect([...notices, ...reading.notices]).toMatchObject([
    { tone: 'error', detail: 'A training is under way.' },
    { tone: 'error', detail: 'Files are being read.' },
  ]);
});
