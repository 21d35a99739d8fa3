/** The page's questions to a model: which run, in which state, beside what; and how failures are told. */
import { expect, test, vi } from 'vitest';
import { createExplainCommands } from '../../src/app/explain.ts';
import type { LiveRun, RunRow, State } from '../../src/app/state.ts';
import type { WorkerHandle } from '../../src/app/workers.ts';
import { LabError } from '../../src/core/errors.ts';
import type { ExplainService } from '../../src/core/explain/contract.ts';
import { SLICE_BYTES } from '../../src/core/types.ts';
import { run } from '../fakes/state.ts';

const slice = new Uint8Array(SLICE_BYTES);

function commands(runs: RunRow[], call: Partial<WorkerHandle<ExplainService>['call']>, live: unknown = null) {
  const state = { runs, live: live as LiveRun | null } as State;
  const worker = { call, end: () => {} } as unknown as WorkerHandle<ExplainService>;
  return createExplainCommands({ get: () => state }, worker);
}

test('name the run, the state of its weights and its device', async () => {
  const explain = vi.fn(async (_: { version: string }) => ({}) as never);
  const evaluated = (weights: string) =>
    run('r', { evaluated: { weights } as NonNullable<RunRow['evaluated']> });
  for (const weights of ['a', 'a', 'b'])
    await commands([evaluated(weights)], { explain }).explain('r', slice);
  const [first, second, third] = explain.mock.calls.map(([args]) => args);
  expect(first).toMatchObject({ run: 'r', device: 'auto', whileTraining: false, slice });
  expect(second.version).toBe(first.version);
  expect(third.version).not.toBe(first.version);
});

test('leave the cores to a training of this tab', async () => {
  const inside = vi.fn(async () => ({}) as never);
  await commands([run('r')], { inside }, { elsewhere: false }).lookInside('r', slice);
  await commands([run('r')], { inside }, { elsewhere: true }).lookInside('r', slice);
  expect(
    inside.mock.calls.map(([args]: never[]) => (args as { whileTraining: boolean }).whileTraining),
  ).toEqual([true, false]);
});

test('tell how far the covering is', async () => {
  const occlude = (async (_: unknown, { onEvent }: { onEvent(event: unknown): void }) => {
    onEvent({ kind: 'progress', done: 28, total: 196 });
    return {};
  }) as never;
  const told: number[][] = [];
  await commands([run('r')], { occlude }).occlude('r', slice, { onProgress: (...how) => told.push(how) });
  expect(told).toEqual([[28, 196]]);
});

test('fail with cause, outcome and next step: a run that is gone, and what the worker says', async () => {
  const people = { message: expect.any(String), outcome: expect.any(String), next: expect.any(String) };
  await expect(commands([], {}).explain('r', slice)).rejects.toMatchObject({
    code: 'run-missing',
    ...people,
  });
  const explain = () => Promise.reject(new LabError('weights-differ', 'a', 'b', 'c'));
  await expect(commands([run('r')], { explain }).explain('r', slice)).rejects.toMatchObject({
    code: 'weights-differ',
    message: 'a',
    outcome: 'b',
    next: 'c',
  });
});
