/** The explain worker's service: weights read once, given back, and never another run's. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openDevice } from '../../src/core/engine/devices/index.ts';
import type { Device, DeviceHost } from '../../src/core/engine/devices/types.ts';
import * as tf from '../../src/core/engine/tf.ts';
import type { ExplainArgs } from '../../src/core/explain/contract.ts';
import { PLACES } from '../../src/core/explain/occlusion.ts';
import { findNetwork } from '../../src/core/nn/index.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import { SLICE_BYTES } from '../../src/core/types.ts';
import type { CheckpointRecord, RunRecord, Store } from '../../src/storage/port.ts';
import { createExplainService } from '../../workers/jobs/explaining.ts';
import { formulaState } from '../builders/networks.ts';
import { NODE_DEVICES, nodeHost } from '../fakes/host.ts';

const slice = new Uint8Array(SLICE_BYTES).map((_, i) => (i * 31) >>> 4);
const args: ExplainArgs = { run: 'r', version: '1', device: 'auto', whileTraining: false, slice };
const context = (signal = new AbortController().signal) => ({ signal, emit: vi.fn() });

let open: Device[] = [];
afterEach(() => {
  for (const device of open.splice(0)) device.dispose();
});

function service({ stored = true, forgetMs = 60_000 } = {}) {
  const hosts: DeviceHost[] = [];
  const reads: string[] = [];
  const store = {
    run: async (id: string) => ({ id, config: presetConfig('quick'), evaluation: null }) as RunRecord,
    async latestCheckpoint(id: string) {
      reads.push(id);
      if (!stored) return null;
      // Four classes, and the output of made-up pictures, of which no answer tells.
      return { trainer: { model: formulaState(findNetwork('resnet18', 5).tensors) } } as CheckpointRecord;
    },
  } as Pick<Store, 'run' | 'latestCheckpoint'>;
  const asked = createExplainService(
    {
      host: nodeHost,
      withStore: (work) => work(store),
      async open(_, host, use) {
        hosts.push(host);
        const device = await openDevice('simd', host);
        open.push(device);
        return { device, result: await use(device) };
      },
    },
    forgetMs,
  );
  return { asked, hosts, reads };
}

describe.runIf(NODE_DEVICES.includes('simd'))('the explain service', () => {
  test('answers, explains and covers from weights that were read once', async () => {
    const { asked, reads } = service();
    const explained = await asked.explain(args, context());
    expect(explained.probabilities.reduce((a, b) => a + b)).toBeCloseTo(1);
    expect([explained.rows, explained.columns, explained.cams.length]).toEqual([2, 2, 4]);
    const inside = await asked.inside(args, context());
    expect(explained.probabilities).toHaveLength(4);
    expect(inside.stages).toHaveLength(5);
    expect(inside.readings.at(-1)!.probabilities[0]).toBeCloseTo(explained.probabilities[0], 5);
    const covering = context();
    const { drops } = await asked.occlude(args, covering);
    expect(drops[0]).toHaveLength(PLACES * PLACES);
    const total = PLACES * PLACES;
    expect(covering.emit).toHaveBeenLastCalledWith({ kind: 'progress', done: total, total });
    expect(reads).toEqual(['r']);
  });

  test('reads anew for another state of the weights, and frees what it had', async () => {
    const { asked, reads } = service();
    await asked.explain(args, context());
    const { numTensors } = tf.memory();
    await asked.explain({ ...args, version: '2' }, context());
    expect(reads).toEqual(['r', 'r']);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  test('beside a training computes on one thread', async () => {
    const { asked, hosts } = service();
    await asked.explain({ ...args, whileTraining: true }, context());
    expect(hosts.map(({ cores }) => cores)).toEqual([1]);
  });

  test('gives weights and device back when nobody has asked for a while', async () => {
    const before = tf.memory().numTensors;
    const { asked } = service({ forgetMs: 50 });
    await asked.explain(args, context());
    await vi.waitFor(() => expect(tf.findBackend('simd')).toBeNull(), 20_000);
    expect(tf.memory().numTensors).toBe(before);
    open = [];
  });

  test('a question that was taken back is not answered, and those behind it are', async () => {
    const { asked } = service();
    const controller = new AbortController();
    const first = asked.explain(args, context());
    const second = asked.occlude(args, context(controller.signal));
    const third = asked.explain(args, context());
    controller.abort();
    await expect(second).rejects.toThrow();
    expect(await third).toEqual(await first);
  });

  test('a run without weights is an error for people', async () => {
    const { asked, hosts } = service({ stored: false });
    await expect(asked.explain(args, context())).rejects.toMatchObject({
      code: 'model-missing',
      next: expect.stringContaining('Choose another model'),
    });
    expect(hosts).toEqual([]);
  });
});
