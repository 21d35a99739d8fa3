/** The measurements themselves: the same code in Chromium and in Node. */
import { openDevice } from '../src/core/engine/devices/index.ts';
import { SimdBackend } from '../src/core/engine/devices/simd/backend.ts';
import type { DeviceHost, DeviceName } from '../src/core/engine/devices/types.ts';
import { Profile } from '../src/core/engine/devices/webgpu/profile.ts';
import { conv2d } from '../src/core/engine/ops/conv2d/index.ts';
import { runKernel } from '../src/core/engine/ops/kernel.ts';
import * as tf from '../src/core/engine/tf.ts';
import { findNetwork } from '../src/core/nn/index.ts';
import { random } from '../src/core/random.ts';
import { createTrainer } from '../src/core/train/trainer.ts';
import type { TrainerOptions } from '../src/core/train/trainer.types.ts';
import { type LayerResult, measureLayers } from './layers.ts';
import { peakGflops } from './peak.ts';
import type { OrtOptions, OrtResult } from './peer/onnxruntime.ts';
import { gpuBackend, settle } from './settle.ts';
import { median, significant } from './stats.js';

export type BenchOptions = {
  what: 'train' | 'infer' | 'ops' | 'layers';
  /** What to measure: ours, stock tfjs, or ONNX Runtime as `peer` says. */
  engine?: 'ours' | 'tfjs' | 'onnxruntime';
  peer?: OrtOptions;
  device: DeviceName;
  network: string;
  size: number;
  batch: number;
  steps: number;
  /** Also times every kernel where that costs speed; on the simd device it is free and always on. */
  profile: boolean;
};

export type BenchResult = {
  what: BenchOptions['what'];
  device: string;
  adapter: string | null;
  threads: number;
  network: string;
  size: number;
  batch: number;
  imagesPerSecond: number;
  /** 2 per multiply-add of the textbook algorithm, regardless of the real algorithm. */
  gflops: number;
  /** Speed of the register tile alone; null if not measured. */
  peakGflops: number | null;
  /** `gflops` divided by `peakGflops`; Winograd can bring it over 1. */
  share: number | null;
  /** Per step: the median, and the fastest; other work on the machine disturbs the fastest least. */
  stepMilliseconds: number;
  fastestMilliseconds: number;
  /** Per step, by kernel. */
  opMilliseconds: Record<string, number>;
  /** Size of the device's memory. */
  peakBytes: number | null;
};

/** Outputs of the measured networks. */
export const CLASSES = 4;

/** Operations of training on one image, in 1e9; prediction needs a third of them. */
export function gflopOf({
  what,
  network,
  size,
}: Pick<BenchOptions, 'network' | 'size'> & { what: string }): number {
  const training = findNetwork(network, CLASSES).meta.gflop * (size / 224) ** 2;
  return what === 'infer' ? training / 3 : training;
}

export async function measure(
  host: DeviceHost,
  options: BenchOptions,
): Promise<(BenchResult | LayerResult | OrtResult)[]> {
  if (options.engine === 'tfjs') return [await (await import('./stock.ts')).measureTfjs(host, options)];
  if (options.engine === 'onnxruntime' && options.peer)
    return [await (await import('./peer/onnxruntime.ts')).measureOnnxRuntime(options.peer)];
  if (options.what === 'layers') return measureLayers(host, options);
  return options.what === 'ops' ? measureOps(host, options) : [await measureSteps(host, options)];
}

/** Every measurement uses this optimiser. */
export function trainerOptions({ network, size }: Pick<BenchOptions, 'network' | 'size'>): TrainerOptions {
  const optimiser = { momentum: 0.9, weightDecay: 1e-4, decayNormAndBias: true, labelSmoothing: 0 };
  return { network, classes: CLASSES, inputSize: size, seed: 1, ...optimiser };
}

/** Every measurement uses this batch. */
export function batchOf({ size, batch }: { size: number; batch: number }) {
  const numbers = random(1);
  return {
    pixels: Uint8Array.from({ length: batch * size * size }, () => numbers.integer(256)),
    labels: Uint8Array.from({ length: batch }, (_, i) => i % CLASSES),
  };
}

async function measureSteps(host: DeviceHost, options: BenchOptions): Promise<BenchResult> {
  const { what, network, size, batch, steps } = options;
  const device = await openDevice(options.device, host);
  const trainer = await createTrainer(device, trainerOptions(options));
  const { pixels, labels } = batchOf(options);
  const once = async (index: number) => {
    if (what === 'train') await trainer.step(pixels, labels, 0.001, index);
    else await trainer.predict(pixels, batch);
  };
  const backend = tf.backend();
  const simd = backend instanceof SimdBackend ? backend : null;
  // The first runs compile the code and grow the memory to its final size.
  for (let i = 0; i < 2; i++) await once(i);
  if (simd) simd.threads.profile = new Map();
  const times: number[] = [];
  const gpu = gpuBackend();
  const profile = options.profile && gpu ? new Profile(gpu.device) : null;
  await settle();
  if (gpu) gpu.profile = profile;
  const all = performance.now();
  for (let i = 0; i < steps; i++) {
    const began = performance.now();
    await once(2 + i);
    times.push(performance.now() - began);
  }
  await settle();
  // A graphics processor works during the recording of its next step: only all steps together give its speed.
  const stepMilliseconds = gpu ? (performance.now() - all) / steps : median(times);
  const opMilliseconds: Record<string, number> = {};
  for (const [name, { ms }] of simd?.threads.profile ?? []) opMilliseconds[name] = round(ms / steps);
  // Groups programs by their operation; their constants follow in braces.
  for (const [name, { ms }] of (await profile?.take()) ?? []) {
    const [op] = name.split(' {');
    opMilliseconds[op] = round((opMilliseconds[op] ?? 0) + ms / steps);
  }
  profile?.dispose();
  const imagesPerSecond = (batch * 1000) / stepMilliseconds;
  const peak = simd && peakGflops(simd);
  const result: BenchResult = {
    what,
    device: device.info.name,
    adapter: device.info.adapter,
    threads: device.info.threads,
    network,
    size,
    batch,
    imagesPerSecond: round(imagesPerSecond),
    gflops: round(imagesPerSecond * gflopOf(options)),
    peakGflops: peak && round(peak),
    share: peak && round((imagesPerSecond * gflopOf(options)) / peak),
    stepMilliseconds: round(stepMilliseconds),
    fastestMilliseconds: round(Math.min(...times)),
    opMilliseconds,
    peakBytes: simd?.threads.memory.buffer.byteLength ?? gpu?.arena.allocatedBytes ?? null,
  };
  trainer.dispose();
  device.dispose();
  return result;
}

/** ResNet-18's distinct convolutions: side of x, channels in and out, filter, stride, pad, count. */
const CONVOLUTIONS = [
  { scale: 1, c: 1, k: 64, kernel: 7, stride: 2, pad: 3 },
  { scale: 4, c: 64, k: 64, kernel: 3, stride: 1, pad: 1 },
  { scale: 4, c: 64, k: 128, kernel: 3, stride: 2, pad: 1 },
  { scale: 4, c: 64, k: 128, kernel: 1, stride: 2, pad: 0 },
  { scale: 8, c: 128, k: 128, kernel: 3, stride: 1, pad: 1 },
  { scale: 8, c: 128, k: 256, kernel: 3, stride: 2, pad: 1 },
  { scale: 16, c: 256, k: 256, kernel: 3, stride: 1, pad: 1 },
  { scale: 16, c: 256, k: 512, kernel: 3, stride: 2, pad: 1 },
  { scale: 32, c: 512, k: 512, kernel: 3, stride: 1, pad: 1 },
];

/** Times each convolution of ResNet-18 alone: forward, and its two gradients. */
async function measureOps(host: DeviceHost, options: BenchOptions): Promise<BenchResult[]> {
  const { size, batch, steps } = options;
  const device = await openDevice(options.device, host);
  const results: BenchResult[] = [];
  const backend = tf.backend();
  const peak = backend instanceof SimdBackend ? peakGflops(backend) : null;
  for (const { scale, c, k, kernel, stride, pad } of CONVOLUTIONS) {
    const side = Math.ceil(size / scale);
    const x = tf.randomNormal([batch, side, side, c], 0, 1, 'float32', 1) as tf.Tensor4D;
    const filter = tf.randomNormal([kernel, kernel, c, k], 0, 0.05, 'float32', 2) as tf.Tensor4D;
    const attributes = { stride, pad };
    const forward = () => conv2d(x, filter, undefined, { ...attributes, relu: false });
    const y = forward();
    const runs = {
      forward,
      input: () =>
        runKernel('LabConv2dBackpropInput', { dy: y, filter }, { inputShape: x.shape, ...attributes }),
      filter: () =>
        runKernel('LabConv2dBackpropFilter', { x, dy: y }, { filterShape: filter.shape, ...attributes }),
    };
    const gflop = (2 * y.size * kernel * kernel * c) / 1e9;
    for (const [direction, run] of Object.entries(runs)) {
      const times: number[] = [];
      for (let i = 0; i < steps + 1; i++) {
        const began = performance.now();
        const output = run();
        if (device.info.name !== 'simd') await output.data();
        if (i > 0) times.push(performance.now() - began);
        output.dispose();
      }
      const ms = median(times);
      results.push({
        what: 'ops',
        device: device.info.name,
        adapter: device.info.adapter,
        threads: device.info.threads,
        network: `conv ${kernel}x${kernel}/${stride} ${c}->${k} ${direction}`,
        size: side,
        batch,
        imagesPerSecond: round((batch * 1000) / ms),
        gflops: round((gflop * 1000) / ms),
        peakGflops: peak && round(peak),
        share: peak && round((gflop * 1000) / ms / peak),
        stepMilliseconds: round(ms),
        fastestMilliseconds: round(Math.min(...times)),
        opMilliseconds: {},
        peakBytes: null,
      });
    }
    tf.dispose([x, filter, y]);
  }
  device.dispose();
  return results;
}

export function round(value: number): number {
  return significant(value, 4);
}
