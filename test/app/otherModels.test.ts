/** The models of other projects, for Classify. */
import { expect, test } from 'vitest';
import { anyRun, createOtherModelsCommands } from '../../src/app/otherModels.ts';
import type { State } from '../../src/app/state.ts';
import type { RunRecord, Store } from '../../src/storage/port.ts';
import { FULL, run } from '../fakes/state.ts';

function record(id: string, project: string, status: RunRecord['status']): RunRecord {
  return { ...run(id), project, status, title: null } as RunRecord;
}

function commands(runs: (project: string) => Promise<RunRecord[]>) {
  let state: State = FULL;
  const { readOtherModels } = createOtherModelsCommands({
    get: () => state,
    set: (patch) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    store: { runs } as Store,
  });
  return {
    readOtherModels,
    state: () => state,
    become: (next: Partial<State>) => (state = { ...state, ...next }),
  };
}

test('of each other project those that have weights are read, without their curves', async () => {
  const { readOtherModels, state } = commands(async (project) => [
    record('a', project, 'finished'),
    record('b', project, 'running'),
    record('c', project, 'stopped'),
  ]);
  await readOtherModels();
  expect(
    state().otherModels.map(({ project, name, runs }) => [project, name, runs.map(({ id }) => id)]),
  ).toEqual([['p2', 'Archive 2019, chest and abdomen', ['a', 'c']]]);
  expect(state().otherModels[0].runs[0]).toMatchObject({ points: [], history: [] });
  expect(anyRun(state(), 'c')?.id).toBe('c');
  expect(anyRun(state(), 'r1')?.id).toBe('r1');
  expect(anyRun(state(), null)).toBeUndefined();
});

test('a project that can’t be read, or was left meanwhile, changes nothing', async () => {
  const failing = commands(() => Promise.reject(new Error('gone')));
  await failing.readOtherModels();
  expect(failing.state().otherModels).toEqual([]);
  const left = commands(async (project) => {
    left.become({ project: { ...FULL.project, id: 'p3' } });
    return [record('a', project, 'finished')];
  });
  await left.readOtherModels();
  expect(left.state().otherModels).toEqual([]);
});
