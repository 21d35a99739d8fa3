/** The training worker: one run at a time. */

import type { TrainWorkerService } from '../src/core/baselines/contract.ts';
import { makeBaselines } from '../src/core/baselines/session.ts';
import type { DeviceInfo } from '../src/core/engine/devices/types.ts';
import { LabError } from '../src/core/errors.ts';
import { serve } from '../src/core/rpc.ts';
import { type Control, createControl } from '../src/core/train/control.ts';
import type { RunConfig } from '../src/core/train/run.ts';
import { evaluateAltered } from '../src/core/train/session/altered.ts';
import { readContents } from '../src/core/train/session/contents.ts';
import { findRate } from '../src/core/train/session/findRate.ts';
import type { SessionPort } from '../src/core/train/session/port.ts';
import { evaluateStored, trainRun } from '../src/core/train/session.ts';
import type { Fence } from '../src/core/types.ts';
import type { Store } from '../src/storage/port.ts';
import { browserHost, openTrainer, openWorking } from './host/device.ts';
import { withStore } from './host/store.ts';
import { createYieldToEventLoop } from './host/yieldToEventLoop.ts';

const host = browserHost();
const yieldToEventLoop = createYieldToEventLoop();
let control: Control | null = null;
const probes = new Map<string, Promise<DeviceInfo>>();

serve<TrainWorkerService>(self, {
  train: async ({ run, resume, fence }, context) => ({
    outcome: await alone(fence, (parts) => trainRun(run, resume, { ...parts, context })),
  }),
  pause: async () => control?.pause(),
  proceed: async () => control?.proceed(),
  stop: async ({ evaluate }) => control?.stop(evaluate),
  evaluate: ({ run, openTest, fence }, context) =>
    alone(fence, (parts) => evaluateStored(run, { ...parts, context }, openTest)),
  evaluateAltered: (args, context) => alone(null, (parts) => evaluateAltered(args, { ...parts, context })),
  contents: (args, context) => alone(null, (parts) => readContents(args, { ...parts, context })),
  findRate: (args, context) => alone(null, (parts) => findRate(args, { ...parts, context })),
  makeBaselines: ({ orders, fence }, context) =>
    alone(fence, (parts) => makeBaselines(orders, { ...parts, context })),
  async probe({ device }) {
    const known = probes.get(device) ?? (control ? Promise.reject(busy()) : probe(device));
    if (!control) probes.set(device, known);
    return known;
  },
});

/** Runs a job with its dependencies, unless another is running. */
async function alone<T>(
  fence: Fence | null,
  job: (parts: Omit<SessionPort, 'store' | 'context'> & { store: Store }) => Promise<T>,
): Promise<T> {
  if (control) throw busy();
  const started = createControl();
  control = started;
  try {
    // Opening a device replaces the previous one, so a probe has to end first.
    await Promise.allSettled(probes.values());
    const open = (config: RunConfig, classes: number) => openTrainer(config, classes, host);
    return await withStore(fence, (store) =>
      job({
        store,
        openTrainer: open,
        control: started,
        yieldToEventLoop,
        nowMs: () => performance.now(),
        dateMs: Date.now,
      }),
    );
  } finally {
    control = null;
  }
}

async function probe(choice: 'auto' | DeviceInfo['name']): Promise<DeviceInfo> {
  const { device } = await openWorking(choice, host, async () => undefined);
  device.dispose();
  return device.info;
}

function busy(): LabError {
  return new LabError(
    'busy',
    'Another run is training.',
    'Nothing was changed.',
    'Wait until it has ended, or stop it.',
  );
}
