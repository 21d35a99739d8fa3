/** softmaxCrossEntropy on the webgpu device: one group handles the few rows of a batch. */
import type { GpuBackend } from '../../devices/webgpu/backend.ts';
import { program } from '../../devices/webgpu/program.ts';
import type { SoftmaxCrossEntropyKernels } from './index.ts';

const THREADS = 256;

/** Adds `losses` over the threads in a fixed order; the sum ends up in [0]. */
function sumOverThreads(): string {
  const steps: string[] = [];
  for (let half = THREADS / 2; half >= 1; half /= 2) {
    steps.push(`workgroupBarrier(); if (lane < ${half}u) { losses[lane] += losses[lane + ${half}u]; }`);
  }
  return `${steps.join('\n')}\nworkgroupBarrier();`;
}

function forward(classes: number) {
  return program('softmax cross-entropy', { classes }, () => ({
    params: { rows: 'u32', smoothing: 'f32' },
    storage: {
      logits: 'array<f32>',
      labels: 'array<i32>',
      loss: 'array<f32>',
      probabilities: 'array<f32>',
    },
    threads: THREADS,
    declarations: `var<workgroup> losses: array<f32, ${THREADS}>;`,
    body: `
  var rowLosses = 0.0;
  for (var row = lane; row < params.rows; row += ${THREADS}u) {
    let first = row * ${classes}u;
    var largest = logits[first];
    for (var k = 1u; k < ${classes}u; k++) { largest = max(largest, logits[first + k]); }
    var sum = 0.0;
    for (var k = 0u; k < ${classes}u; k++) { sum += exp(logits[first + k] - largest); }
    let label = u32(labels[row]);
    var spread = 0.0;
    for (var k = 0u; k < ${classes}u; k++) {
      let negativeLog = log(sum) - (logits[first + k] - largest);
      probabilities[first + k] = exp(-negativeLog);
      spread += negativeLog;
      if (k == label) { rowLosses += (1.0 - params.smoothing) * negativeLog; }
    }
    rowLosses += params.smoothing / ${classes}.0 * spread;
  }
  losses[lane] = rowLosses;
  ${sumOverThreads()}
  if (lane == 0u) { loss[0] = losses[0] / f32(params.rows); }`,
  }));
}

function backward(classes: number) {
  return program('softmax cross-entropy gradient', { classes }, () => ({
    params: { rows: 'u32', smoothing: 'f32' },
    storage: {
      dy: 'array<f32>',
      probabilities: 'array<f32>',
      labels: 'array<i32>',
      dlogits: 'array<f32>',
    },
    threads: THREADS,
    body: `
  let scale = dy[0] / f32(params.rows);
  let hard = 1.0 - params.smoothing;
  let soft = params.smoothing / ${classes}.0;
  for (var row = lane; row < params.rows; row += ${THREADS}u) {
    let label = u32(labels[row]);
    var pull = hard;
    for (var k = 0u; k < ${classes}u; k++) { pull += soft; }
    for (var k = 0u; k < ${classes}u; k++) {
      let aim = select(0.0, hard, k == label) + soft;
      let at = row * ${classes}u + k;
      dlogits[at] = (probabilities[at] * pull - aim) * scale;
    }
  }`,
  }));
}

export const kernels: SoftmaxCrossEntropyKernels = {
  LabSoftmaxCrossEntropy({ inputs: { logits, labels }, attrs: { labelSmoothing }, backend }) {
    const gpu = backend as GpuBackend;
    const [rows, classes] = logits.shape;
    const [loss, probabilities] = [gpu.output([]), gpu.output([rows, classes])];
    const tensors = [logits, labels, loss, probabilities];
    gpu.run({ program: forward(classes), tensors, params: [rows, labelSmoothing], groups: 1 });
    return [loss, probabilities];
  },

  LabSoftmaxCrossEntropyGrad({ inputs, attrs: { labelSmoothing }, backend }) {
    const gpu = backend as GpuBackend;
    const { dy, probabilities, labels } = inputs;
    const [rows, classes] = probabilities.shape;
    const dlogits = gpu.output([rows, classes]);
    const tensors = [dy, probabilities, labels, dlogits];
    gpu.run({ program: backward(classes), tensors, params: [rows, labelSmoothing], groups: 1 });
    return dlogits;
  },
};
