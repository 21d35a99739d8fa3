/** Commands that make baselines: ordered, followed, cancelled, and refused where they cannot begin. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createBaselineCommands } from '../../src/app/baselines.ts';
import type { Context } from '../../src/app/context.ts';
import type { Notice, State } from '../../src/app/state.ts';
import type {
  BaselineArgs,
  BaselineProgress,
  TrainWorkerService,
} from '../../src/core/baselines/contract.ts';
import { BASELINE_META, BASELINE_NAMES } from '../../src/core/baselines/meta.ts';
import { LabError } from '../../src/core/errors.ts';
import type { Remote } from '../../src/core/rpc.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeAuditState } from '../fakes/audit.ts';
import { BASELINE_RUNS, FULL } from '../fakes/state.ts';

let state: State;
let notices: Omit<Notice, 'id'>[];
let asked: BaselineArgs[];
let refreshed: number;
let work: (emit: (progress: BaselineProgress) => void, signal: AbortSignal) => Promise<void>;
let commands: ReturnType<typeof createBaselineCommands>;

beforeEach(() => {
  state = { ...FULL, page: 'train' };
  notices = [];
  asked = [];
  refreshed = 0;
  work = async () => {};
  const context: Context = {
    get: () => state,
    set: (patch) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    store: { fence: () => ({ project: state.project.id, token: 1 }) } as unknown as Store,
    notify: (notice) => notices.push(notice),
    go: () => {},
    ask: async () => true,
  };
  const call = {
    makeBaselines: (args, { signal, onEvent } = {}) => {
      asked.push(args);
      return work((progress) => onEvent?.(progress), signal!);
    },
  } as Partial<Remote<TrainWorkerService>> as Remote<TrainWorkerService>;
  commands = createBaselineCommands(context, async () => void refreshed++, { call });
});

const networksOf = ({ orders }: BaselineArgs) => orders.map(({ run }) => run.config.network);

describe('baselines', () => {
  test('are all ordered as new runs of the shown label set, and the runs are read again', async () => {
    await commands.makeBaselines();
    expect(asked).toHaveLength(1);
    expect(networksOf(asked[0])).toEqual(BASELINE_NAMES.map((name) => BASELINE_META[name].key));
    const [{ run, replaces }] = asked[0].orders;
    expect(run).toMatchObject({
      project: state.project.id,
      labelSet: state.labelSet,
      frozen: { datasets: [] },
    });
    expect(replaces).toEqual([]);
    expect(refreshed).toBe(1);
    expect(state.baselines).toBeNull();
  });

  test('show how far they are', async () => {
    const seen: (BaselineProgress | null)[] = [];
    work = async (emit) => {
      seen.push(state.baselines);
      emit({ key: 'baseline-features-svm', done: 3, total: 4 });
      seen.push(state.baselines);
    };
    await commands.makeBaselines();
    expect(seen).toEqual([
      { key: 'baseline-tag', done: 0, total: 1 },
      { key: 'baseline-features-svm', done: 3, total: 4 },
    ]);
  });

  test('take the place of earlier ones, but not of one that has a title or a note, or is of another set', async () => {
    const [tag, header, neighbours, svm] = BASELINE_RUNS;
    const other = { ...state.labelSet, id: 'other' };
    state = {
      ...state,
      runs: [tag, { ...header, name: 'Mine' }, { ...neighbours, note: 'n' }, { ...svm, labelSet: other }],
    };
    await commands.makeBaselines();
    expect(asked[0].orders.map(({ replaces }) => replaces)).toEqual([['b-tag'], [], [], []]);
  });

  test('that are cancelled end without a notice, and those already made are read', async () => {
    work = (_, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const making = commands.makeBaselines();
    commands.cancelBaselines();
    await making;
    expect(notices).toEqual([]);
    expect([state.baselines, refreshed]).toEqual([null, 1]);
  });

  test('that fail say why', async () => {
    work = () => Promise.reject(new LabError('nothing-to-learn', 'Cause.', 'Outcome.', 'Next.'));
    await commands.makeBaselines();
    expect(notices).toEqual([
      expect.objectContaining({ tone: 'error', title: 'The baselines were not made.' }),
    ]);
    expect(state.baselines).toBeNull();
  });

  test('are told to a user who is on another page', async () => {
    state = { ...state, page: 'data' };
    await commands.makeBaselines();
    expect(notices).toEqual([
      expect.objectContaining({
        title: 'The baselines are made.',
        detail: 'They are on the Results page, beside the networks.',
      }),
    ]);
  });

  test('are refused while doubts are looked for, and say so', async () => {
    state = {
      ...state,
      audit: makeAuditState({ progress: { doing: 'reading', done: 0, total: 1 } }),
    };
    await commands.makeBaselines();
    expect(asked).toEqual([]);
    expect(notices[0]).toMatchObject({ tone: 'error', title: 'The baselines were not made.' });
  });

  test('end when the project is left', async () => {
    work = (_, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const making = commands.makeBaselines();
    await commands.suspend();
    expect(state.baselines).toBeNull();
    await making;
  });
});
