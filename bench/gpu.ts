/** The time of a graphics processor: each program of a step, and every tile for every convolution. */
import { openDevice } from '../src/core/engine/devices/index.ts';
import type { DeviceHost } from '../src/core/engine/devices/types.ts';
import type { GpuBackend } from '../src/core/engine/devices/webgpu/backend.ts';
import { Profile } from '../src/core/engine/devices/webgpu/profile.ts';
import { nameOf, TILES } from '../src/core/engine/devices/webgpu/tiles.ts';
import type { Shape4 } from '../src/core/engine/ops/conv2d/index.ts';
import { runKernel } from '../src/core/engine/ops/kernel.ts';
import * as tf from '../src/core/engine/tf.ts';
import { createTrainer } from '../src/core/train/trainer.ts';
import { batchOf, round, trainerOptions } from './measure.ts';
import { gpuBackend, settle } from './settle.ts';

export type GpuOptions = { network: string; size: number; batch: number; steps: number };

/** Milliseconds per step of each program, slowest first. */
export async function profilePrograms(host: DeviceHost, options: GpuOptions) {
  const { network, size, batch, steps } = options;
  const device = await openDevice('webgpu', host);
  const trainer = await createTrainer(device, trainerOptions(options));
  const { pixels, labels } = batchOf(options);
  for (let i = 0; i < 2; i++) await trainer.step(pixels, labels, 0.001, i);
  await settle();
  const gpu = gpuBackend() as GpuBackend;
  const profile = new Profile(gpu.device);
  gpu.profile = profile;
  for (let i = 0; i < steps; i++) await trainer.step(pixels, labels, 0.001, 2 + i);
  await settle();
  const times = await profile.take();
  gpu.profile = null;
  profile.dispose();
  trainer.dispose();
  device.dispose();
  return [...times]
    .map(([program, { dispatches, ms, operations }]) => ({
      what: 'program',
      network,
      size,
      batch,
      program,
      dispatches: round(dispatches / steps),
      ms: round(ms / steps),
      gflops: round(operations / ms / 1e6),
    }))
    .sort((a, b) => b.ms - a.ms);
}

type Layer = { side: number; c: number; k: number; kernel: number; stride: number; pad: number };

/** Milliseconds of each tile for one convolution's three products. */
async function sweepLayer(gpu: GpuBackend, profile: Profile, layer: Layer, batch: number, steps: number) {
  const { side, c, k, kernel, stride, pad } = layer;
  // Repeats one random image: generating all images would leave the processor idle until it lowers its clock.
  const x = tf.tidy(() => tf.tile(tf.randomNormal([1, side, side, c], 0, 1, 'float32', 1), [batch, 1, 1, 1]));
  const filter = tf.randomNormal([kernel, kernel, c, k], 0, 0.05, 'float32', 2);
  const window = { stride, pad };
  const forward = () => runKernel('LabConv2d', { x, filter }, { ...window, relu: false, hasBias: false });
  const dy = forward();
  const inputShape = x.shape as Shape4;
  const filterShape = filter.shape as Shape4;
  const runs = {
    forward,
    input: () => runKernel('LabConv2dBackpropInput', { dy, filter }, { inputShape, ...window }),
    filter: () => runKernel('LabConv2dBackpropFilter', { x, dy }, { filterShape, ...window }),
  };
  const results = [];
  for (const [direction, run] of Object.entries(runs)) {
    if (direction === 'input' && c === 1) continue;
    for (const tile of TILES) {
      gpu.tiles.choose = () => ({ tile });
      for (let i = 0; i < steps; i++) run().dispose();
      await settle();
      await profile.take();
      for (let i = 0; i < steps; i++) run().dispose();
      await settle();
      let ms = 0;
      let operations = 0;
      for (const [name, time] of await profile.take()) {
        ms += time.ms;
        if (name.startsWith('convolution')) operations += time.operations;
      }
      results.push({
        what: 'tile',
        layer: `${kernel}x${kernel}/${stride} ${c}->${k} @${side}`,
        direction,
        tile: nameOf(tile),
        ms: round(ms / steps),
        gflops: round(operations / ms / 1e6),
      });
    }
  }
  tf.dispose([x, filter, dy]);
  return results;
}

/** Times every tile for the given convolutions. */
export async function sweepTiles(host: DeviceHost, layers: Layer[], batch: number, steps: number) {
  const device = await openDevice('webgpu', host);
  const gpu = gpuBackend() as GpuBackend;
  const profile = new Profile(gpu.device);
  gpu.profile = profile;
  const results = [];
  for (const layer of layers) results.push(...(await sweepLayer(gpu, profile, layer, batch, steps)));
  profile.dispose();
  device.dispose();
  return results;
}
