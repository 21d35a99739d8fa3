/** Commands of the leak guard: a check is followed, cancelled, kept; each mend is one act that is undone. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createGuardCommands, guardFacts, NO_GUARD } from '../../src/app/guard.ts';
import type { Edit } from '../../src/app/history.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { LabError } from '../../src/core/errors.ts';
import type { LabelEdit } from '../../src/core/labels/event.ts';
import type { LeakProgress } from '../../src/core/leaks/contract.ts';
import { type LeakRecord, slicesKey } from '../../src/core/leaks/record.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makeFacts, makeIndex, makeLeakRecord } from '../builders/storage.ts';
import { makeGuard, makeRepeat } from '../fakes/guard.ts';
import { FULL } from '../fakes/state.ts';

const INDEX = {
  ...makeIndex('p', ['a', 'a', 'b']),
  series: ['a', 'b'].map((id) => ({ ...makeFacts(`s${id}`, `p${id}`), patientFrom: 'file' as const })),
};
const RECORDS = [makeDataset('a', 'p', 'test'), makeDataset('b', 'p', 'train')];
const RECORD = makeLeakRecord(FULL.project.id, {
  data: slicesKey([INDEX]),
  slices: 3,
  rows: Uint16Array.of(0, 2),
});

let state: State;
let notices: Omit<Notice, 'id'>[];
let stored: LeakRecord | null;
let acts: (LabelEdit[] | string)[];
let made: Edit[];
let said: unknown[];
let moved: unknown[];
let undoes: boolean;
let check: (emit: (progress: LeakProgress) => void, signal: AbortSignal) => Promise<LeakRecord>;
let commands: ReturnType<typeof createGuardCommands>;

beforeEach(() => {
  state = { ...FULL, guard: null };
  [notices, acts, made, moved, said] = [[], [], [], [], []];
  stored = null;
  undoes = true;
  check = async () => RECORD;
  const context: Context = {
    get: () => state,
    set: (patch) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    store: {
      fence: () => ({ project: state.project.id, token: 1 }),
      leakRecord: async () => stored,
      putLeakRecord: async (record: LeakRecord) => {
        stored = record;
      },
      editLabels: async (_: string, edits: LabelEdit[]) => acts.push(edits),
      undoLabels: async () => undoes && acts.push('undo') > 0,
      redoLabels: async () => acts.push('redo') > 0,
    } as unknown as Store,
    notify: (notice) => notices.push(notice),
    go: () => undefined,
    ask: async () => true,
  };
  commands = createGuardCommands(
    context,
    {
      datasets: {
        loaded: () => ({ records: RECORDS, indexes: [INDEX], inUse: { indexes: [INDEX] } }),
        refresh: async () => undefined,
      },
      edits: {
        setSplit: async (...to) => void moved.push(to),
        made: (edit, what) => {
          made.push(edit);
          said.push(what);
        },
      },
    },
    {
      call: { check: (_, { signal, onEvent } = {}) => check((progress) => onEvent?.(progress), signal!) },
    },
  );
});

const found = () => state.guard!.found.findings;

describe('a check', () => {
  test('shows how far it is, and then what two datasets of different splits share', async () => {
    const seen: unknown[] = [];
    check = async (emit) => {
      seen.push(state.guard?.progress?.doing);
      emit({ doing: 'comparing', done: 1, total: 3, rate: 2, secondsLeft: 1 });
      seen.push(state.guard?.progress);
      return RECORD;
    };
    await commands.checkForLeaks();
    expect(seen).toEqual(['reading', { doing: 'comparing', done: 1, total: 3, rate: 2, secondsLeft: 1 }]);
    expect(state.guard).toMatchObject({ progress: null, checked: { slices: 3, isCurrent: true } });
    expect(found().map(({ id, state: of }) => `${id} ${of}`)).toEqual(['copy a b open']);
  });

  test('that is cancelled says nothing, and leaves what was known', async () => {
    stored = RECORD;
    await commands.sync();
    check = async (_, signal) => {
      commands.cancelLeakCheck();
      throw signal.reason;
    };
    await commands.checkForLeaks();
    expect(notices).toEqual([]);
    expect(state.guard).toMatchObject({ progress: null, checked: { slices: 3 } });
  });

  test('that fails says why', async () => {
    check = async () => {
      throw new LabError('shard-damaged', 'A shard is damaged.', 'Nothing was changed.', 'Drop it again.');
    };
    await commands.checkForLeaks();
    expect(notices).toMatchObject([{ title: 'The slices were not compared.' }]);
    expect(state.guard?.progress).toBeNull();
  });

  test('does not begin while files are read', async () => {
    state = { ...state, job: { kind: 'ingest' } as State['job'] };
    await commands.checkForLeaks();
    expect(notices).toMatchObject([
      { title: 'The slices were not compared.', detail: 'Files are being read.' },
    ]);
  });

  test('that ends while the user is elsewhere is told', async () => {
    state = { ...state, page: 'train' };
    await commands.checkForLeaks();
    check = async () => ({
      ...RECORD,
      shards: new Uint32Array(),
      rows: new Uint16Array(),
      likeness: new Float32Array(),
    });
    await commands.checkForLeaks();
    expect(notices.map(({ title, detail }) => `${title} ${detail}`)).toEqual([
      'The slices were compared. One pair of datasets shares pictures across splits.',
      'The slices were compared. No picture is in two splits.',
    ]);
  });

  test('of before is read with the project, and is out of date once slices have come', async () => {
    stored = { ...RECORD, data: 'other slices' };
    await commands.sync();
    expect(state.guard?.checked).toMatchObject({ isCurrent: false });
    expect(found()).toHaveLength(1);
  });
});

describe('a mend', () => {
  beforeEach(async () => {
    stored = RECORD;
    await commands.sync();
  });

  test('moves the smaller dataset to the split of the other', async () => {
    await commands.mendLeak(found()[0], 'move');
    expect(moved).toEqual([['b', 'test']]);
  });

  test('leaves the copies out, as one act that is undone and done again', async () => {
    await commands.mendLeak(found()[0], 'exclude');
    const target = { kind: 'slices', slices: [{ shard: 1, rows: [[2, 3]] }] };
    expect(acts).toEqual([[{ target, change: { kind: 'exclude', exclude: true } }]]);
    await made[0].undo();
    await made[0].redo();
    expect(acts.slice(1)).toEqual(['undo', 'redo']);
    undoes = false;
    await expect(made[0].undo()).rejects.toMatchObject({ code: 'changed-since' });
  });

  test('remembers what is no leak, until that is undone', async () => {
    await commands.mendLeak(found()[0], 'dismiss');
    expect(stored?.dismissed).toEqual(['copy a b']);
    expect(found().map(({ state: of }) => of)).toEqual(['dismissed']);
    await made[0].undo();
    expect(stored?.dismissed).toEqual([]);
    expect(found().map(({ state: of }) => of)).toEqual(['open']);
  });

  test('of copies within a dataset names it once', async () => {
    state = { ...state, datasets: [{ ...FULL.datasets[0], id: 'a', name: 'mri' }] };
    const side = { dataset: 'a', split: 'test', slices: 1, show: { shard: 1, row: 0 } } as const;
    await commands.mendLeak(makeRepeat({ kept: side, moved: side }), 'dismiss');
    expect(said).toEqual(['What “mri” has twice counts as no leak.']);
  });

  test('changes nothing in a tab that only looks', async () => {
    state = { ...state, readOnly: true };
    for (const mend of ['move', 'exclude', 'dismiss'] as const) await commands.mendLeak(found()[0], mend);
    expect([moved, acts, made]).toEqual([[], [], []]);
  });
});

test('copies that a fold would set apart are told by the check and the data of now; nothing before a check', async () => {
  const fold = { protocol: 'leave-one-out', folds: 3, fold: 0, seed: 1 } as const;
  await commands.sync();
  expect(commands.leaksOfFold(fold)).toBeNull();
  await commands.checkForLeaks();
  const of = [0, 1, 2].map((at) => commands.leaksOfFold({ ...fold, fold: at }));
  expect(of.flat()).toContainEqual({ id: 'copy a b', datasets: ['a', 'b'], pairs: 1, isDismissed: false });
});

test('copies that are in one split, and called no leak, are no leak of a run', () => {
  const repeat = makeRepeat({ state: 'dismissed' });
  expect(guardFacts(makeGuard({ found: { findings: [repeat] } }))).toMatchObject({ open: 0, dismissed: 0 });
});

test('a run records what the guard knows, in numbers alone', () => {
  expect(guardFacts(null)).toBeNull();
  expect(guardFacts(NO_GUARD)).toBeNull();
  expect(guardFacts(makeGuard())).toEqual({
    atMs: 1_700_000_000_000,
    slices: 2310,
    data: '2310 0',
    isCurrent: true,
    open: 2,
    dismissed: 1,
  });
});
