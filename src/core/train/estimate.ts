/** Estimates the cost of a run before it starts: time from earlier runs or a table, memory by counting. */
import type { DeviceInfo, DeviceName } from '../engine/devices/types.ts';
import { NETWORK_META, parametersOf } from '../nn/meta.ts';
import type { Split } from '../types.ts';
import { stepsPerEpoch } from './plan.ts';
import type { RunConfig } from './run.ts';

/** The measured speed of an earlier run in this browser. */
export type Measured = { network: string; size: number; device: DeviceName; imagesPerSecond: number };

export type Estimate = {
  seconds: number;
  /** Training speed. */
  imagesPerSecond: number;
  /** Source of the speed: the same network and size, others on this device, or typical devices. */
  from: 'same' | 'other' | 'table';
  memoryBytes: number;
};

/** 10⁹ operations a second reached in training: by a CPU thread with SIMD, and by an average graphics card. */
const THREAD_GFLOPS = 50;
const GPU_GFLOPS = 3000;
const REFERENCE_GFLOPS = 1;
/** Maximum threads: more gain little. */
const MOST_THREADS = 8;
/** Predicting an image costs about a third of training on it: forward without backward. */
const PREDICT_SHARE = 1 / 3;
/** float32: weights, velocities, gradients, and the updated values. */
const BYTES_A_PARAMETER = 16;
/**
 * Upper bound of a network plus one micro-batch: a WebAssembly memory ends at 4 GiB,
 * and GPUs get no more (`microbatch.ts` of each device).
 */
const MOST_COMPUTED = 3.9e9;
/** Images per micro-batch. */
const MICRO_BATCH = 128;
/** Reduced slices kept in memory (session/learn.ts). */
const MOST_CACHE = 512 * 1024 * 1024;
/** For a 224×224 image in an unknown network. */
const UNKNOWN = { gflop: 92.39, parameters: { body: 134e6, output: 4097 }, imageBytes: 200e6 };

/**
 * @param measured earlier runs, the newest first
 * @param classes outputs of the network
 */
export function estimateRun(
  config: RunConfig,
  slices: Record<Split, number>,
  device: Pick<DeviceInfo, 'name' | 'threads'>,
  measured: readonly Measured[],
  classes: number,
): Estimate {
  const { imagesPerSecond, from } = speedOf(config, device, measured);
  // Drawn by whole series or datasets: about that many slices.
  const train = Math.round(slices.train * (config.share?.part ?? 1));
  const trained = stepsPerEpoch(train, config) * config.batch * config.epochs;
  const predicted =
    config.epochs * slices.validate + train + slices.validate + (config.testOnDemand ? 0 : slices.test);
  return {
    seconds: (trained + predicted * PREDICT_SHARE) / imagesPerSecond,
    imagesPerSecond,
    from,
    memoryBytes: memoryOf(config, classes, train),
  };
}

/** Seconds to predict this many images at the given training rate. */
export function evaluationSeconds(images: number, imagesPerSecond: number): number {
  return (images * PREDICT_SHARE) / imagesPerSecond;
}

function speedOf(
  { network, inputSize }: RunConfig,
  { name, threads }: Pick<DeviceInfo, 'name' | 'threads'>,
  measured: readonly Measured[],
): Pick<Estimate, 'imagesPerSecond' | 'from'> {
  const here = measured.filter(({ device, imagesPerSecond }) => device === name && imagesPerSecond > 0);
  const same = here.find((run) => run.network === network && run.size === inputSize);
  if (same) return { imagesPerSecond: same.imagesPerSecond, from: 'same' };
  const work = workOf(network, inputSize);
  const [other] = here;
  if (other) {
    const rate = (other.imagesPerSecond * workOf(other.network, other.size)) / work;
    return { imagesPerSecond: rate, from: 'other' };
  }
  const gflops = {
    simd: THREAD_GFLOPS * Math.min(MOST_THREADS, Math.max(1, threads)),
    webgpu: GPU_GFLOPS,
    reference: REFERENCE_GFLOPS,
  }[name];
  return { imagesPerSecond: gflops / work, from: 'table' };
}

/** 10⁹ operations of an image, forward and backward. */
function workOf(network: string, size: number): number {
  return metaOf(network).gflop * (size / 224) ** 2;
}

function memoryOf({ network, inputSize, batch }: RunConfig, classes: number, slices: number): number {
  const { parameters, imageBytes } = metaOf(network);
  const activations = imageBytes * (inputSize / 224) ** 2 * Math.min(MICRO_BATCH, batch);
  const computed = Math.min(
    MOST_COMPUTED,
    BYTES_A_PARAMETER * parametersOf({ parameters }, classes) + activations,
  );
  return computed + Math.min(MOST_CACHE, slices * inputSize * inputSize);
}

function metaOf(network: string) {
  const meta = Object.values(NETWORK_META).find(({ key }) => key === network);
  if (!meta) return UNKNOWN;
  const { gflop, parameters, memory } = meta;
  return { gflop, parameters, imageBytes: Math.max(memory.simd.imageBytes, memory.webgpu.imageBytes) };
}
