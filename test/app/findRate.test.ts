/** The search for a learning rate as the page starts it: one at a time, never beside a training. */
import { beforeEach, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createFindRateCommands } from '../../src/app/findRate.ts';
import { takenFromAudit, takenFromTraining } from '../../src/app/sharing.ts';
import type { Starter } from '../../src/app/starter.ts';
import type { State } from '../../src/app/state.ts';
import type { trainWorker } from '../../src/app/workers.ts';
import { LabError } from '../../src/core/errors.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import type { RatePoint } from '../../src/core/train/rateFinder.ts';
import type { FindRateArgs } from '../../src/core/train/session/findRate.ts';
import { makeFinding } from '../fakes/finding.ts';
import { EMPTY } from '../fakes/state.ts';
import { eventually } from '../harness/eventually.ts';

const { points } = makeFinding(88, 'ended');
type Options = { signal: AbortSignal; onEvent(point: RatePoint): void };
type Search = {
  args: FindRateArgs;
  options: Options;
  end(points: RatePoint[]): void;
  fail(error: Error): void;
};

let state: State;
let searches: Search[];
let notices: { title: string }[];
let ended: number;

beforeEach(() => {
  state = EMPTY;
  searches = [];
  notices = [];
  ended = 0;
});

function commands() {
  const call = {
    findRate: (args: FindRateArgs, options: Options) =>
      new Promise<RatePoint[]>((end, fail) => {
        searches.push({ args, options, end, fail });
        options.signal.addEventListener('abort', () => fail(new LabError('cancelled', '', '', '')));
      }),
  };
  const worker = { call, end: () => ended++ } as unknown as typeof trainWorker;
  const context = {
    get: () => state,
    set: (patch: Partial<State> | ((state: State) => Partial<State>)) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    notify: (notice: { title: string }) => notices.push(notice),
  } as unknown as Context;
  return createFindRateCommands(context, {} as Starter, worker);
}

const config = presetConfig('quick');

test('shows each point as it comes, and what is suggested at the end', async () => {
  const done = commands().findRate(config);
  await eventually(() => expect(searches).toHaveLength(1));
  expect(searches[0].args).toMatchObject({ project: 'p1', config, model: null });
  searches[0].options.onEvent(points[0]);
  expect(state.finding).toMatchObject({ state: 'running', points: [points[0]], found: null });
  searches[0].end([...points]);
  await done;
  expect(state.finding).toEqual({ ...makeFinding(88, 'ended') });
});

test('a cancelled one leaves nothing, releases the device, and another can begin', async () => {
  const { findRate, closeFinding } = commands();
  const first = findRate(config);
  await eventually(() => expect(searches).toHaveLength(1));
  closeFinding();
  await first;
  expect([state.finding, ended, notices]).toEqual([null, 1, []]);
  void findRate(config);
  await eventually(() => expect(searches).toHaveLength(2));
});

test('does not begin beside doubts, a training, or in a tab that only shows the project', async () => {
  state = { ...EMPTY, readOnly: true };
  await commands().findRate(config);
  state = { ...EMPTY, audit: { set: 's', progress: { doing: 'reading', done: 0, total: 9 }, found: null } };
  await commands().findRate(config);
  expect(searches).toEqual([]);
  expect(notices.map(({ title }) => title)).toEqual(['No learning rate was looked for.']);
});

test('keeps a training and a look for doubts from beginning', () => {
  const finding = makeFinding(9, 'running');
  const taken = { reason: 'A learning rate is being looked for, and both would share the device.' };
  expect(takenFromTraining({ ...EMPTY, finding })).toMatchObject(taken);
  expect(takenFromAudit({ ...EMPTY, finding })).toMatchObject(taken);
  expect(takenFromTraining({ ...EMPTY, finding: makeFinding(88, 'ended') })).toBeNull();
});

test('says why it failed', async () => {
  const done = commands().findRate(config);
  await eventually(() => expect(searches).toHaveLength(1));
  searches[0].fail(new LabError('nothing-to-learn', 'Two classes are needed.', 'Nothing.', 'Add one.'));
  await done;
  expect(state.finding).toBeNull();
  expect(notices.map(({ title }) => title)).toEqual(['No learning rate was found.']);
});
