/** What is under way in a tab: told before it stops, and stopped whole. */
import { beforeEach, expect, test } from 'vitest';
import type { State } from '../../src/app/state.ts';
import { createUnderWay, placeWords } from '../../src/app/underway.ts';
import { makeAuditState } from '../fakes/audit.ts';
import { makeGuard } from '../fakes/guard.ts';
import { EMPTY, FULL } from '../fakes/state.ts';

let state: State;
let did: unknown[];

const underWay = () =>
  createUnderWay(
    { get: () => state },
    {
      train: {
        suspend: async (save) => {
          did.push(save);
          return { epoch: 1, step: 2, steps: 3 };
        },
      },
      ingest: { suspend: async () => void did.push('ingest') },
      classify: { suspend: async () => void did.push('classify') },
      audit: { suspend: async () => void did.push('audit') },
      guard: { suspend: async () => void did.push('guard') },
      baselines: { suspend: async () => void did.push('baselines') },
      finder: { suspend: async () => void did.push('finder') },
    },
  );

const job = (kind: 'ingest' | 'classify') => ({ kind, done: 1200, total: 5000 }) as State['job'];
const live = (elsewhere: boolean) =>
  ({ run: FULL.runs[0].id, latest: { epoch: 1.25 }, elsewhere }) as State['live'];

beforeEach(() => {
  state = { ...EMPTY, runs: FULL.runs, live: null, job: null };
  did = [];
});

test('nothing is told where nothing is: no job, or a run in another tab', () => {
  expect(underWay().describe('writing')).toEqual([]);
  state = { ...state, live: live(true), job: job('classify') };
  expect(underWay().describe('writing')).toEqual([]);
});

test('a training and the reading of files are told, with how far they are', () => {
  state = { ...state, live: live(false), job: job('ingest') };
  const [training, reading] = underWay().describe('writing');
  expect(training).toContain(`“${FULL.runs[0].title}”`);
  expect(training).toContain(`epoch 1.3 of ${FULL.runs[0].config.epochs}`);
  expect(reading).toContain('1,200 of 5,000');
  state = { ...state, live: { ...live(false)!, latest: null }, job: null };
  expect(underWay().describe('writing')).toEqual([expect.stringContaining('epoch 0.0')]);
});

test('an audit under way is told, a queue that is only shown is not', () => {
  state = { ...state, audit: makeAuditState() };
  expect(underWay().describe('writing')).toEqual([]);
  state = { ...state, audit: makeAuditState({ progress: { doing: 'reading', done: 0, total: 1 } }) };
  expect(underWay().describe('writing')).toEqual([
    'Doubts about labels are being looked for. That ends, and what its models learned is lost.',
  ]);
});

test('a look for copies under way is told', () => {
  state = { ...state, guard: makeGuard() };
  expect(underWay().describe('writing')).toEqual([]);
  const progress = { doing: 'reading', done: 0, total: 1, rate: null, secondsLeft: null } as const;
  state = { ...state, guard: makeGuard({ progress }) };
  expect(underWay().describe('writing')).toEqual([
    'Copies are being looked for. That ends, and what it found is lost.',
  ]);
});

test('baselines under way are told', () => {
  state = { ...state, baselines: { key: 'baseline-tag', done: 0, total: 1 } };
  expect(underWay().describe('writing')).toEqual([
    'Baselines are being made. That ends; those already made are kept.',
  ]);
});

test('a search for a learning rate under way is told', () => {
  state = { ...state, finding: { state: 'running', points: [], steps: 100, found: null } };
  expect(underWay().describe('writing')).toEqual(['A learning rate is being looked for. That ends.']);
});

test('stopping saves the training and says where it stands; dropping saves nothing', async () => {
  expect(await underWay().stop('writing')).toEqual({ epoch: 1, step: 2, steps: 3 });
  expect(did).toEqual([true, 'ingest', 'audit', 'guard', 'baselines', 'finder']);
  await underWay().drop('writing');
  expect(did).toEqual([
    true,
    'ingest',
    'audit',
    'guard',
    'baselines',
    'finder',
    false,
    'ingest',
    'audit',
    'guard',
    'baselines',
    'finder',
  ]);
});

test('where a training stands is said in words', () => {
  const saved = { epoch: 2, step: 1200, steps: 3000 };
  expect(placeWords(saved)).toBe('Its training is saved at step 1,200 of epoch 2.');
  expect(placeWords(null)).toBe('What had been stored before is kept.');
});

test('a classification is told and ended where the project is left, not where the right to write is', async () => {
  state = { ...state, job: job('classify') };
  expect(underWay().describe('project')).toEqual([expect.stringContaining('1,200 of 5,000')]);
  expect(underWay().describe('writing')).toEqual([]);
  await underWay().stop('project');
  await underWay().drop('project');
  expect(did).toEqual([
    true,
    'ingest',
    'audit',
    'guard',
    'baselines',
    'finder',
    'classify',
    false,
    'ingest',
    'audit',
    'guard',
    'baselines',
    'finder',
    'classify',
  ]);
});
