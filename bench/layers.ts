/** Times of a training step: each convolution and linear layer forward and backward, and the rest by kernel. */
import { openDevice } from '../src/core/engine/devices/index.ts';
import { SimdBackend } from '../src/core/engine/devices/simd/backend.ts';
import type { DeviceHost } from '../src/core/engine/devices/types.ts';
import { KERNEL_NAMES } from '../src/core/engine/ops/index.ts';
import * as tf from '../src/core/engine/tf.ts';
import { findNetwork } from '../src/core/nn/index.ts';
import { createModel, type Model } from '../src/core/nn/model.ts';
import { differentiate } from '../src/core/train/step.ts';
import { type BenchOptions, batchOf, CLASSES, round } from './measure.ts';
import { peakGflops } from './peak.ts';

/**
 * One pass of a layer: the fastest of the steps, least disturbed by other work. `share` is the share of the measured
 * peak; Winograd needs fewer operations than the textbook algorithm and can exceed 1.
 */
type Timing = { milliseconds: number; gflops: number; share: number };
type Direction = 'forward' | 'input' | 'filter' | 'gradients';

export type LayerResult = {
  what: 'layers';
  network: string;
  size: number;
  batch: number;
  threads: number;
  peakGflops: number;
  /** torchvision's name, or the kernel's name if it is no matrix product. */
  layer: string;
  /** Filter as [kh, kw, in, out], or [in, out]. */
  shape?: number[];
  /** Time of all calls in a step. */
  milliseconds?: number;
} & { [key in Direction]?: Timing };

/** One call of a kernel. */
type Call = { kernel: string; inputs: Record<string, tf.TensorInfo>; output: tf.TensorInfo; ms: number };

export async function measureLayers(host: DeviceHost, options: BenchOptions): Promise<LayerResult[]> {
  const { network, size, batch, steps } = options;
  const device = await openDevice(options.device, host);
  const backend = tf.backend();
  if (!(backend instanceof SimdBackend)) {
    throw new Error(
      'Layers are timed on the simd device alone: elsewhere a kernel returns before it has run.',
    );
  }
  const model = createModel(findNetwork(network, CLASSES), 1);
  const { pixels, labels } = batchOf(options);
  const calls: Call[] = [];
  watch(calls);
  const times = new Map<
    string,
    { layer: string; direction: Direction | null; operations: number; ms: number[] }
  >();
  for (let step = 0; step < steps + 1; step++) {
    calls.length = 0;
    const settings = {
      inputSize: size,
      seed: 1,
      labelSmoothing: 0,
      microBatch: batch,
      stepIndex: step,
      headOnly: false,
    };
    const { gradients, running } = await differentiate(model, pixels, labels, settings);
    tf.dispose([gradients, [...running.values()]]);
    // The first step lets memory grow.
    if (step > 0) collect(calls, model, times, step);
  }
  const peak = peakGflops(backend);
  const layers = new Map<string, LayerResult>();
  for (const { layer, direction, operations, ms } of times.values()) {
    const milliseconds = Math.min(...ms);
    const constants = { network, size, batch, threads: device.info.threads, peakGflops: round(peak) };
    const result: LayerResult = layers.get(layer) ?? { what: 'layers', ...constants, layer };
    layers.set(layer, result);
    if (direction === null) {
      result.milliseconds = round(milliseconds);
      continue;
    }
    const gflops = operations / milliseconds / 1e6;
    result.shape = model.value(`${layer}.weight`).shape;
    result[direction] = {
      milliseconds: round(milliseconds),
      gflops: round(gflops),
      share: round(gflops / peak),
    };
  }
  model.dispose();
  device.dispose();
  return [...layers.values()];
}

/** Times every kernel of the current backend, until the device is disposed. */
function watch(calls: Call[]): void {
  const backendName = tf.getBackend();
  for (const kernelName of KERNEL_NAMES) {
    const { kernelFunc } = tf.getKernel(kernelName, backendName);
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc(call) {
        const began = performance.now();
        const outputs = kernelFunc(call);
        const ms = performance.now() - began;
        const inputs = call.inputs as Record<string, tf.TensorInfo>;
        calls.push({ kernel: kernelName, inputs, output: [outputs].flat()[0], ms });
        return outputs;
      },
    });
  }
}

/** Adds a step's calls to the times of their layers, or of their kernels. */
function collect(
  calls: Call[],
  model: Model,
  times: Map<string, { layer: string; direction: Direction | null; operations: number; ms: number[] }>,
  step: number,
): void {
  const names = new Map(
    model.trainable.map(({ name }) => [model.value(name).dataId, name.replace('.weight', '')]),
  );
  /** Convolutions of the forward pass; their filters' gradients come in the opposite order. */
  const forward: string[] = [];
  const add = (layer: string, direction: Direction | null, operations: number, ms: number) => {
    const key = `${layer} ${direction}`;
    const entry = times.get(key) ?? { layer, direction, operations, ms: [] };
    times.set(key, entry);
    entry.ms[step - 1] = (entry.ms[step - 1] ?? 0) + ms;
  };
  for (const { kernel, inputs, output, ms } of calls) {
    const nameOf = (tensor: tf.TensorInfo) => names.get(tensor.dataId as object) ?? '';
    if (kernel === 'LabConv2d') {
      forward.push(nameOf(inputs.filter));
      add(nameOf(inputs.filter), 'forward', productOperations(output, inputs.filter), ms);
    } else if (kernel === 'LabConv2dBackpropInput') {
      add(nameOf(inputs.filter), 'input', productOperations(inputs.dy, inputs.filter), ms);
    } else if (kernel === 'LabConv2dBackpropFilter') {
      add(forward.pop() ?? '', 'filter', productOperations(inputs.dy, output), ms);
    } else if (kernel === 'LabLinear') {
      add(nameOf(inputs.weight), 'forward', productOperations(output, inputs.weight), ms);
    } else if (kernel === 'LabLinearGrad') {
      add(nameOf(inputs.weight), 'gradients', 2 * productOperations(inputs.dy, inputs.weight), ms);
    } else add(kernel, null, 0, ms);
  }
}

/** Operations of a layer with that output and weight [..., in, out]: two per multiply-add. */
function productOperations(output: tf.TensorInfo, weight: tf.TensorInfo): number {
  return 2 * tf.util.sizeFromShape(output.shape) * tf.util.sizeFromShape(weight.shape.slice(0, -1));
}
