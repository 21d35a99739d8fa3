/** The device host of a browser worker, and trainers on the first device that works. */
import { openDevice } from '../../src/core/engine/devices/index.ts';
import type { ComputeThread, Device, DeviceHost } from '../../src/core/engine/devices/types.ts';
import { toErrorRecord } from '../../src/core/errors.ts';
import type { RunConfig } from '../../src/core/train/run.ts';
import type { OpenTrainer } from '../../src/core/train/session/port.ts';
import { createTrainer } from '../../src/core/train/trainer.ts';
import { withStore } from './store.ts';

/** Devices that every browser allows, fastest first. */
const STAND_INS = ['simd', 'reference'] as const;

export function browserHost(): DeviceHost {
  return {
    spawnThread: startThread,
    cores: navigator.hardwareConcurrency,
    sharedMemory: crossOriginIsolated,
    gpu: navigator.gpu ?? null,
    nowMs: () => performance.now(),
    memory: {
      recall: (adapter) => withStore(null, (store) => store.adapterFindings(adapter)),
      // Lost findings are measured again.
      keep: (adapter, found) =>
        void withStore(null, (store) => store.putAdapterFindings(adapter, found)).catch(() => {}),
    },
  };
}

function startThread(): ComputeThread {
  const worker = new Worker(new URL('../compute.ts', import.meta.url), { type: 'module', name: 'compute' });
  return {
    postMessage: (message) => worker.postMessage(message),
    onError: (listener) => {
      worker.addEventListener('error', ({ message }) => listener(message));
      worker.addEventListener('messageerror', () => listener('A message could not be read.'));
    },
    terminate: () => worker.terminate(),
  };
}

/** A run's network on the device of its choice, else on the next that works. */
export async function openTrainer(
  config: RunConfig,
  classes: number,
  host: DeviceHost,
): Promise<OpenTrainer> {
  const { device, result: trainer } = await openWorking(config.device, host, (opened) =>
    createTrainer(opened, { ...config, classes }),
  );
  return {
    trainer,
    info: device.info,
    dispose: () => {
      trainer.dispose();
      device.dispose();
    },
  };
}

/**
 * Opens the chosen device, else the next that works; its `reason` then says why. `use` belongs to opening, since
 * a device can also fail on first use.
 * @throws the chosen device's error if none works
 */
export async function openWorking<T>(
  choice: RunConfig['device'],
  host: DeviceHost,
  use: (device: Device) => Promise<T>,
): Promise<{ device: Device; result: T }> {
  let first: unknown = null;
  for (const name of [choice, ...STAND_INS.filter((other) => other !== choice)]) {
    let device: Device | null = null;
    try {
      device = await openDevice(name, host);
      if (first) device.info.reason = `${toErrorRecord(first).message} This device stands in for it.`;
      return { device, result: await use(device) };
    } catch (error) {
      device?.dispose();
      first ??= error;
    }
  }
  throw first;
}
