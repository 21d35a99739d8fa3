/** The classify worker's job and its service: a run's weights on a device, both given back however it ends. */

import { beforeEach, describe, expect, test } from 'vitest';
import { runChoice } from '../../src/core/classify/choice.ts';
import type { AskedModel, ClassifyEvent, ClassifyService } from '../../src/core/classify/contract.ts';
import { createClassifyService } from '../../src/core/classify/service.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { parseModelFile } from '../../src/core/export/modelFile.ts';
import { packFileBatches, type WalkedFile } from '../../src/core/files/fileBatch.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import type { ModelState } from '../../src/core/nn/state.ts';
import { connect, serve } from '../../src/core/rpc.ts';
import { weightsHash } from '../../src/core/train/checkpoint.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import type { RunConfig } from '../../src/core/train/run.ts';
import { type ClassificationParts, classifyRun } from '../../workers/jobs/classification.ts';
import { starterFile } from '../builders/starter.ts';
import { pretend, pretendedWorkers } from '../fakes/ingest.ts';
import { eventually } from '../harness/eventually.ts';

const MODEL = new Map();
const CONFIG: RunConfig = { ...presetConfig('quick'), inputSize: 64 };
const ARGS = {
  project: 'p',
  model: { kind: 'run', id: 'r' } as const,
  device: 'simd' as const,
  options: DEFAULT_OPTIONS,
  labelSet: DEFAULT_SET,
};

let workers: ReturnType<typeof pretendedWorkers>;
let device: { opened: RunConfig[]; disposed: number; loaded: unknown[] };
let parts: ClassificationParts;

beforeEach(async () => {
  workers = pretendedWorkers();
  device = { opened: [], disposed: 0, loaded: [] };
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  parts = {
    spawn: workers.spawn,
    workers: 2,
    nowMs: () => 0,
    store: {
      projects: async () => [{ id: 'p', key }],
      run: async (id: string) => (id === 'r' ? { id, config: CONFIG, evaluation: null } : null),
      latestCheckpoint: async () => ({ trainer: { model: MODEL } }),
    } as unknown as ClassificationParts['store'],
    openTrainer: async (config) => {
      device.opened.push(config);
      return {
        trainer: {
          load: (state: unknown) => device.loaded.push(state),
          predict: async (_: Uint8Array, n: number) => new Float32Array(4 * n).fill(0.25),
        },
        info: { name: 'simd', adapter: null, threads: 2, reason: '' },
        dispose: () => device.disposed++,
      } as unknown as Awaited<ReturnType<ClassificationParts['openTrainer']>>;
    },
  };
});

async function* lotsOf(...items: WalkedFile[]) {
  yield packFileBatches(items);
}
const job = (
  model: AskedModel | null,
  signal = new AbortController().signal,
  items = [pretend('a.nii', { frames: 3 })],
) => classifyRun(parts, { ...ARGS, model, batches: lotsOf(...items) }, { signal, emit: () => {} });

describe('the job', () => {
  test('judges with the run’s weights at its size, on the device asked for, and gives all back', async () => {
    const { progress, device: info } = await job(runChoice('r'));
    expect(progress.slices).toBe(3);
    expect(info?.name).toBe('simd');
    expect(device.opened).toMatchObject([{ inputSize: 64, device: 'simd' }]);
    expect(device.loaded).toEqual([{ model: MODEL }]);
    expect(device.disposed).toBe(1);
    expect(workers.counts.ended).toBe(workers.counts.started);
  });

  test('judges with the starter at the size that its file says, without any run', async () => {
    const file = starterFile({ size: '96' });
    expect(await job({ kind: 'starter', file })).toMatchObject({ progress: { slices: 3 } });
    expect(device.opened).toMatchObject([{ network: 'resnet18', inputSize: 96, device: 'simd' }]);
    const [{ model }] = device.loaded as { model: ModelState }[];
    expect(weightsHash(model)).toBe(weightsHash(parseModelFile(file).model));
  });

  test('with a damaged starter reads nothing, and says so', async () => {
    const file = starterFile().subarray(0, 1000);
    await expect(job({ kind: 'starter', file })).rejects.toMatchObject({ code: 'weights-malformed' });
    expect([workers.counts.started, device.opened]).toEqual([0, []]);
  });

  test('without a run opens no device', async () => {
    expect(await job(null)).toMatchObject({ progress: { slices: 3 }, device: null });
    expect(device.opened).toEqual([]);
  });

  test('of a run or a project that is gone reads nothing, and says which', async () => {
    await expect(job(runChoice('gone'))).rejects.toMatchObject({ code: 'model-missing' });
    parts.store.projects = async () => [];
    await expect(job(runChoice('r'))).rejects.toMatchObject({ code: 'project-missing' });
    expect(workers.counts.started).toBe(0);
  });

  test('gives the device back when the weights do not fit it', async () => {
    const open = parts.openTrainer;
    parts.openTrainer = async (...asked) => {
      const opened = await open(...asked);
      opened.trainer.load = () => {
        throw new Error('other shapes');
      };
      return opened;
    };
    await expect(job(runChoice('r'))).rejects.toThrow('other shapes');
    expect(device.disposed).toBe(1);
  });

  test('reads files while the device opens, and judges when it is open', async () => {
    const open = parts.openTrainer;
    let ready = () => {};
    const waiting = new Promise<void>((resolve) => {
      ready = resolve;
    });
    parts.openTrainer = async (...asked) => {
      await waiting;
      return open(...asked);
    };
    const running = job(runChoice('r'));
    await eventually(() => expect(workers.counts.started).toBe(1));
    expect(device.opened).toEqual([]);
    ready();
    expect((await running).progress.slices).toBe(3);
  });

  test('of a device that does not open ends the decoders, and says why', async () => {
    parts.openTrainer = async () => {
      await eventually(() => expect(workers.counts.started).toBe(1));
      throw new Error('no device');
    };
    const running = job(runChoice('r'), undefined, [pretend('a.nii', { frames: 3, hang: 1 })]);
    await expect(running).rejects.toThrow('no device');
    expect(workers.counts.ended).toBe(1);
  });

  test('cancelled while the device opens starts no decoder', async () => {
    const controller = new AbortController();
    const open = parts.openTrainer;
    parts.openTrainer = (...asked) => {
      controller.abort();
      return open(...asked);
    };
    await expect(job(runChoice('r'), controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect([device.disposed, workers.counts.started]).toEqual([1, 0]);
  });

  test('cancelled in the midst of a file ends its decoders and gives the device back', async () => {
    const controller = new AbortController();
    const running = job(runChoice('r'), controller.signal, [pretend('a.nii', { frames: 3, hang: 1 })]);
    running.catch(() => {});
    await eventually(() => expect(workers.counts.started).toBe(1));
    controller.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect([workers.counts.ended, device.disposed]).toEqual([1, 1]);
  });
});

describe('the service', () => {
  /** As the page reaches it, through messages. */
  function service() {
    const { port1, port2 } = new MessageChannel();
    serve<ClassifyService>(
      port1,
      createClassifyService((args, context) => classifyRun(parts, args, context)),
    );
    return connect<ClassifyService>(port2).call;
  }
  const batches = (...items: WalkedFile[]) => ({ batches: packFileBatches(items) });
  const more = { ...ARGS, ...batches(), more: true };

  test('goes on while files are fed, and ends after the last', async () => {
    const call = service();
    const events: ClassifyEvent[] = [];
    const running = call.classify(more, { onEvent: (event) => events.push(event) });
    await call.feed({ ...batches(pretend('a.nii', { frames: 2 })), more: true });
    await call.feed({ ...batches(pretend('b.nii', { frames: 4 })), more: false });
    expect((await running).progress).toMatchObject({ files: 2, slices: 6 });
    expect(events.some(({ kind }) => kind === 'series')).toBe(true);
  });

  test('takes one job at a time, and the next one when it is over', async () => {
    const call = service();
    const running = call.classify(more);
    await expect(call.classify(more)).rejects.toMatchObject({ code: 'busy' });
    await call.feed({ ...batches(), more: false });
    await running;
    expect(
      (await call.classify({ ...more, ...batches(pretend('a.nii', {})), more: false })).progress.files,
    ).toBe(1);
  });

  test('cancelled, ends its decoders and lets whoever feeds go on', async () => {
    const call = service();
    const controller = new AbortController();
    const running = call.classify(more, { signal: controller.signal });
    running.catch(() => {});
    await call.feed({ ...batches(pretend('a.nii', { hang: 0 })), more: true });
    await eventually(() => expect(workers.counts.started).toBe(1));
    controller.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect([workers.counts.ended, device.disposed]).toEqual([1, 1]);
    await call.feed({ ...batches(), more: false });
  });
});
