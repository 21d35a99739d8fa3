/** softmaxCrossEntropy on the webgpu device: one group goes over the few rows of a batch. */
import type { GpuBackend } from '../../devices/webgpu/backend.ts';
import { program } from '../../devices/webgpu/program.ts';
import type { SoftmaxCrossEntropyKernels } from './index.ts';

const THREADS = 256;

/** Adds `shared<i>` over the threads in a fixed order; the sums end up in [0]. */
function sumOverThreads(names: string[]): string {
  const steps: string[] = [];
  for (let half = THREADS / 2; half >= 1; half /= 2) {
    const add = names.map((name) => `${name}[lane] += ${name}[lane + ${half}u];`).join(' ');
    steps.push(`workgroupBarrier(); if (lane < ${half}u) { ${add} }`);
  }
  return `${steps.join('\n')}\nworkgroupBarrier();`;
}

function forward(classes: number) {
  return program('softmax cross-entropy', { classes }, () => ({
    params: { rows: 'u32', smoothing: 'f32' },
    storage: {
      logits: 'array<f32>',
      labels: 'array<i32>',
      weights: 'array<f32>',
      loss: 'array<f32>',
      probabilities: 'array<f32>',
    },
    threads: THREADS,
    declarations: `
var<workgroup> losses: array<f32, ${THREADS}>;
var<workgroup> totals: array<f32, ${THREADS}>;`,
    body: `
  var rowLosses = 0.0;
  var total = 0.0;
  for (var row = lane; row < params.rows; row += ${THREADS}u) {
    let first = row * ${classes}u;
    var largest = logits[first];
    for (var k = 1u; k < ${classes}u; k++) { largest = max(largest, logits[first + k]); }
    var sum = 0.0;
    for (var k = 0u; k < ${classes}u; k++) { sum += exp(logits[first + k] - largest); }
    let label = u32(labels[row]);
    let own = weights[label];
    var spread = 0.0;
    for (var k = 0u; k < ${classes}u; k++) {
      let negativeLog = log(sum) - (logits[first + k] - largest);
      probabilities[first + k] = exp(-negativeLog);
      spread += weights[k] * negativeLog;
      if (k == label) { rowLosses += (1.0 - params.smoothing) * own * negativeLog; }
    }
    rowLosses += params.smoothing / ${classes}.0 * spread;
    total += own;
  }
  losses[lane] = rowLosses;
  totals[lane] = total;
  ${sumOverThreads(['losses', 'totals'])}
  if (lane == 0u) { loss[0] = losses[0] / totals[0]; }`,
  }));
}

function backward(classes: number) {
  return program('softmax cross-entropy gradient', { classes }, () => ({
    params: { rows: 'u32', smoothing: 'f32' },
    storage: {
      dy: 'array<f32>',
      probabilities: 'array<f32>',
      labels: 'array<i32>',
      weights: 'array<f32>',
      dlogits: 'array<f32>',
    },
    threads: THREADS,
    declarations: `var<workgroup> totals: array<f32, ${THREADS}>;`,
    body: `
  var total = 0.0;
  for (var row = lane; row < params.rows; row += ${THREADS}u) { total += weights[u32(labels[row])]; }
  totals[lane] = total;
  ${sumOverThreads(['totals'])}
  let scale = dy[0] / totals[0];
  for (var row = lane; row < params.rows; row += ${THREADS}u) {
    let label = u32(labels[row]);
    let own = (1.0 - params.smoothing) * weights[label];
    var pull = own;
    for (var k = 0u; k < ${classes}u; k++) { pull += params.smoothing / ${classes}.0 * weights[k]; }
    for (var k = 0u; k < ${classes}u; k++) {
      let aim = select(0.0, own, k == label) + params.smoothing / ${classes}.0 * weights[k];
      let at = row * ${classes}u + k;
      dlogits[at] = (probabilities[at] * pull - aim) * scale;
    }
  }`,
  }));
}

export const kernels: SoftmaxCrossEntropyKernels = {
  LabSoftmaxCrossEntropy({ inputs: { logits, labels, weights }, attrs: { labelSmoothing }, backend }) {
    const gpu = backend as GpuBackend;
    const [rows, classes] = logits.shape;
    const [loss, probabilities] = [gpu.output([]), gpu.output([rows, classes])];
    const tensors = [logits, labels, weights, loss, probabilities];
    gpu.run({ program: forward(classes), tensors, params: [rows, labelSmoothing], groups: 1 });
    return [loss, probabilities];
  },

  LabSoftmaxCrossEntropyGrad({ inputs, attrs: { labelSmoothing }, backend }) {
    const gpu = backend as GpuBackend;
    const { dy, probabilities, labels, weights } = inputs;
    const [rows, classes] = probabilities.shape;
    const dlogits = gpu.output([rows, classes]);
    const tensors = [dy, probabilities, labels, weights, dlogits];
    gpu.run({ program: backward(classes), tensors, params: [rows, labelSmoothing], groups: 1 });
    return dlogits;
  },
};
