/** Commands that look for doubts: started, followed, cancelled, answered; and never on another project's page. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createAuditCommands } from '../../src/app/audit.ts';
import type { Context } from '../../src/app/context.ts';
import type { Notice, State } from '../../src/app/state.ts';
import type { Audited, AuditProgress, AuditService } from '../../src/core/audit/contract.ts';
import { LabError } from '../../src/core/errors.ts';
import type { LabelEdit } from '../../src/core/labels/event.ts';
import type { Remote } from '../../src/core/rpc.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeAuditState, makeDoubt } from '../fakes/audit.ts';
import { FULL } from '../fakes/state.ts';

let state: State;
let notices: Omit<Notice, 'id'>[];
let edits: LabelEdit[][];
let refreshed: number;
let stores: () => Promise<void>;
let audit: (emit: (progress: AuditProgress) => void, signal: AbortSignal) => Promise<Audited>;
let commands: ReturnType<typeof createAuditCommands>;
let asked: unknown[];
let went: unknown[][];
let steps: string[];

const FOUND = makeAuditState().found!;

beforeEach(() => {
  state = { ...FULL, audit: null };
  notices = [];
  edits = [];
  refreshed = 0;
  asked = [];
  went = [];
  steps = [];
  stores = async () => {};
  audit = async () => FOUND;
  const context: Context = {
    get: () => state,
    set: (patch) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    store: {
      fence: () => ({ project: state.project.id, token: 1 }),
      editLabels: async (_: string, some: LabelEdit[]) => {
        await stores();
        edits.push(some);
      },
      undoLabels: async () => {
        await stores();
        return steps.push('undo') > 0;
      },
      redoLabels: async () => {
        await stores();
        return false;
      },
    } as unknown as Store,
    notify: (notice) => notices.push(notice),
    go: (...to) => void went.push(to),
    ask: async () => true,
  };
  const call: Remote<AuditService> = {
    audit: (args, { signal, onEvent } = {}) => {
      asked.push(args);
      return audit((progress) => onEvent?.(progress), signal!);
    },
    rank: async (args) => {
      asked.push(args);
      return { ...FOUND, items: [makeDoubt(7)] };
    },
  };
  commands = createAuditCommands(
    context,
    async () => {
      refreshed++;
      state = { ...state, datasets: [...state.datasets] };
    },
    { call },
  );
});

describe('an audit', () => {
  test('shows what is done meanwhile, and then the queue', async () => {
    const seen: (AuditProgress | null | undefined)[] = [];
    audit = async (emit) => {
      seen.push(state.audit?.progress);
      emit({ doing: 'comparing', done: 3, total: 9 });
      seen.push(state.audit?.progress);
      return FOUND;
    };
    await commands.startAudit();
    expect(seen).toEqual([
      { doing: 'reading', done: 0, total: 0 },
      { doing: 'comparing', done: 3, total: 9 },
    ]);
    expect(state.audit).toEqual({ set: 'modality', progress: null, found: FOUND });
    expect(asked).toEqual([
      {
        project: FULL.project.id,
        set: 'modality',
        device: 'auto',
        fence: { project: FULL.project.id, token: 1 },
      },
    ]);
  });

  test('that is cancelled says nothing, and leaves the queue of before', async () => {
    state = { ...state, audit: makeAuditState() };
    audit = async (_, signal) => {
      commands.cancelAudit();
      throw signal.reason;
    };
    await commands.startAudit();
    expect(notices).toEqual([]);
    expect(state.audit).toEqual(makeAuditState());
  });

  test('that fails says why', async () => {
    audit = async () => {
      throw new LabError(
        'nothing-to-doubt',
        'Fewer than two classes have labels.',
        'Nothing was trained.',
        'Label.',
      );
    };
    await commands.startAudit();
    expect(notices).toMatchObject([
      {
        title: 'The labels were not looked through.',
        detail: 'Fewer than two classes have labels. Nothing was trained.',
      },
    ]);
    expect(state.audit).toMatchObject({ progress: null, found: null });
  });

  test('does not begin while a run is trained, nor twice', async () => {
    state = { ...state, live: { run: 'r' } as State['live'] };
    await commands.startAudit();
    expect(asked).toEqual([]);
    expect(notices).toEqual([
      {
        tone: 'error',
        title: 'The labels were not looked through.',
        detail: 'A training is under way, and both would share the device.',
        next: 'Wait until it has ended, or stop it on the Train page.',
        action: null,
      },
    ]);
    state = { ...state, live: null };
    await Promise.all([commands.startAudit(), commands.startAudit()]);
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['ingest', 'Files are being read.'],
    ['classify', 'Files are being classified.'],
  ] as const)('does not begin during a job of the kind %s', async (kind, detail) => {
    state = { ...state, job: { kind } as State['job'] };
    await commands.startAudit();
    expect(asked).toEqual([]);
    expect(notices).toMatchObject([{ detail, next: 'Wait until that has ended, or cancel it.' }]);
  });

  test('can be started again after it was cancelled', async () => {
    let abort = true;
    audit = async (_, signal) => {
      if (!abort) return FOUND;
      abort = false;
      commands.cancelAudit();
      throw signal.reason;
    };
    await commands.startAudit();
    expect(state.audit).toEqual({ set: 'modality', progress: null, found: null });
    await commands.startAudit();
    expect(state.audit?.found).toBe(FOUND);
  });

  test('that ends while the user is elsewhere is told, with the way to the doubts', async () => {
    state = { ...state, page: 'data' };
    await commands.startAudit();
    const disputed = FOUND.items.filter(({ doubt }) => doubt >= 0.5).length;
    expect(notices).toMatchObject([
      {
        tone: 'success',
        title: 'The labels were looked through.',
        detail: `The evidence speaks against ${disputed} of them.`,
      },
    ]);
    notices[0].action!.run();
    expect(went).toEqual([['label', null, { as: 'doubts' }]]);
  });

  test('that ends and found nothing says so', async () => {
    state = { ...state, page: 'data' };
    audit = async () => ({ ...FOUND, items: [makeDoubt(0, { doubt: 0.4 })] });
    await commands.startAudit();
    expect(notices).toMatchObject([{ detail: 'The evidence speaks against none of them.' }]);
  });

  test('that ends while the user watches is not told', async () => {
    state = { ...state, page: 'label', view: { as: 'doubts' } };
    await commands.startAudit();
    expect(notices).toEqual([]);
  });

  test('goes on while another label set is shown, whose doubts it leaves alone', async () => {
    const other = { ...FULL.labelSet, id: 'other' };
    audit = async (emit) => {
      state = { ...state, labelSet: other };
      await commands.rankDoubts();
      emit({ doing: 'comparing', done: 1, total: 2 });
      expect(state.audit).toMatchObject({ set: 'other', looking: 'modality', progress: { done: 1 } });
      return FOUND;
    };
    await commands.startAudit();
    expect(state.audit).toMatchObject({ set: 'other', progress: null });
    expect(state.audit?.found?.items).toHaveLength(1);
  });

  test('of a project that was left changes no other’s page', async () => {
    audit = async (emit) => {
      state = { ...state, project: { ...state.project, id: 'another' }, audit: null };
      emit({ doing: 'comparing', done: 1, total: 2 });
      return FOUND;
    };
    await commands.startAudit();
    expect(state.audit).toBeNull();
  });

  test('ends when its project is left', async () => {
    let ended = false;
    audit = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          ended = true;
          reject(signal.reason);
        });
      });
    const running = commands.startAudit();
    await commands.suspend();
    await running;
    expect(ended).toBe(true);
    expect(state.audit).toBeNull();
  });
});

describe('ranking', () => {
  test('again shows the new order', async () => {
    state = { ...state, audit: makeAuditState() };
    await commands.rankDoubts();
    expect(state.audit?.found?.items.map(({ id }) => id)).toEqual([makeDoubt(7).id]);
  });

  test('is repeated only once labels have changed', async () => {
    await commands.rankDoubts();
    await commands.rankDoubts();
    expect(asked).toHaveLength(1);
    state = { ...state, datasets: [...state.datasets] };
    await commands.rankDoubts();
    expect(asked).toHaveLength(2);
  });

  test('is not repeated for an answer, which the queue has already', async () => {
    await commands.rankDoubts();
    await commands.answerDoubt(state.audit!.found!.items[0], { kind: 'keep' });
    await commands.rankDoubts();
    expect(asked).toHaveLength(1);
  });

  test('follows an undo, and not one that found nothing', async () => {
    await commands.undoAnswer();
    expect([steps, refreshed, asked.length]).toEqual([['undo'], 1, 1]);
    await commands.redoAnswer();
    expect([refreshed, asked.length]).toEqual([1, 1]);
  });
});

describe('an answer', () => {
  const [first] = FOUND.items;
  beforeEach(() => {
    state = { ...state, audit: makeAuditState() };
  });

  test.each([
    [
      'another class',
      { kind: 'label', class: 'MR' },
      { kind: 'label', set: 'modality', class: 'MR', source: 'user', between: ['CT', 'MR'] },
    ],
    [
      'the label as it is',
      { kind: 'keep' },
      { kind: 'label', set: 'modality', class: 'CT', source: 'user', between: ['CT', 'MR'] },
    ],
    ['leaving it out', { kind: 'exclude' }, { kind: 'exclude', exclude: true }],
  ] as const)('of %s is one act about the same images, and leaves the queue', async (_, answer, change) => {
    await commands.answerDoubt(first, answer);
    expect(edits).toEqual([[{ target: first.target, change }]]);
    expect(state.audit?.found?.items).toEqual(FOUND.items.slice(1));
    expect(refreshed).toBe(1);
  });

  test('that leaves a series without a label says that it has none', async () => {
    const none = makeDoubt(0, { kind: 'unlabelled', label: 255, source: 'none', proposed: null, rivals: [] });
    state = { ...state, audit: makeAuditState({ found: { ...FOUND, items: [none] } }) };
    await commands.answerDoubt(none, { kind: 'keep' });
    expect(edits[0][0].change).toEqual({
      kind: 'label',
      set: 'modality',
      class: null,
      source: 'user',
      between: [],
    });
  });

  test('weighs the classes of all doubts that go with it', async () => {
    const slice = makeDoubt(0, {
      id: 'slice',
      rivals: [2],
      target: { kind: 'slices', slices: [{ shard: 1, rows: [[0, 1]] }] },
    });
    state = { ...state, audit: makeAuditState({ found: { ...FOUND, items: [first, slice] } }) };
    await commands.answerDoubt(first, { kind: 'keep' });
    expect(edits[0][0].change).toMatchObject({ between: ['CT', 'MR', 'PT'] });
  });

  test('that gives two twins one label settles the other one, too', async () => {
    const [a, b] = [
      { shard: 1, row: 1 },
      { shard: 1, row: 2 },
    ];
    const one = makeDoubt(1, { kind: 'twin', show: a, beside: b });
    const other = makeDoubt(2, { kind: 'twin', show: b, beside: a, label: 1, proposed: 0 });
    const found = { ...FOUND, items: [one, other] };
    state = { ...state, audit: makeAuditState({ found }) };
    await commands.answerDoubt(one, { kind: 'keep' });
    expect(state.audit?.found?.items).toEqual([other]);
    state = { ...state, audit: makeAuditState({ found }) };
    await commands.answerDoubt(one, { kind: 'label', class: 'MR' });
    expect(state.audit?.found?.items).toEqual([]);
  });

  test('about a whole series takes doubts about its slices along', async () => {
    const slice = makeDoubt(0, {
      id: 'slice',
      target: { kind: 'slices', slices: [{ shard: 1, rows: [[0, 1]] }] },
    });
    state = { ...state, audit: makeAuditState({ found: { ...FOUND, items: [first, slice] } }) };
    await commands.answerDoubt(slice, { kind: 'keep' });
    expect(state.audit?.found?.items).toEqual([first]);
    state = { ...state, audit: makeAuditState({ found: { ...FOUND, items: [first, slice] } }) };
    await commands.answerDoubt(first, { kind: 'keep' });
    expect(state.audit?.found?.items).toEqual([]);
  });

  test('that is not stored stays a doubt, and is told', async () => {
    stores = () =>
      Promise.reject(new LabError('storage-full', 'The disk is full.', 'Nothing was stored.', 'Free some.'));
    await commands.answerDoubt(first, { kind: 'keep' });
    expect(state.audit?.found?.items).toHaveLength(FOUND.items.length);
    expect(notices).toMatchObject([{ title: 'The answer was not stored.' }]);
    expect(refreshed).toBe(0);
  });

  test('that fails to be taken back or given again is told', async () => {
    stores = () => Promise.reject(new LabError('storage-full', 'The disk is full.', 'Kept.', 'Free some.'));
    await commands.undoAnswer();
    await commands.redoAnswer();
    expect(notices.map(({ title }) => title)).toEqual([
      'Nothing was taken back.',
      'Nothing was given again.',
    ]);
    expect([refreshed, asked.length]).toEqual([0, 0]);
  });

  test('is not given in a tab that only looks, nor for another label set', async () => {
    state = { ...state, readOnly: true };
    await commands.answerDoubt(first, { kind: 'keep' });
    state = { ...state, readOnly: false, audit: makeAuditState({ set: 'other' }) };
    await commands.answerDoubt(first, { kind: 'keep' });
    expect(edits).toEqual([]);
  });
});
