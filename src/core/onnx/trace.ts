/**
 * A network as an ONNX graph: its own `features` and `classify` run once on a backend of tfjs whose kernels write nodes down
 * in place of computing, so that every network of the registry is exported by the code that trains it. Norms are folded into
 * the convolutions, as in evaluation. Maps are [N,C,H,W] in ONNX and [N,H,W,C] here.
 */
import { binRange } from '../engine/ops/adaptiveAvgPool/index.ts';
import { type Kernels, registerKernels } from '../engine/ops/index.ts';
import { outputSide } from '../engine/ops/kernel.ts';
import * as tf from '../engine/tf.ts';
import { evaluate, modelOf } from '../nn/model.ts';
import type { Network } from '../nn/network.ts';
import { fromTorch, type ModelState, matchState } from '../nn/state.ts';
import type { Initializer, Node } from './graph.ts';

export type Traced = {
  nodes: Node[];
  initializers: Initializer[];
  /** [N,K], as in `Network`. */
  logits: string;
};

const BACKEND = 'onnx';

/** What is used of tfjs's CPU backend, on which the norms are folded. */
type Backend = {
  makeTensorInfo(shape: number[], dtype: 'float32'): tf.TensorInfo;
  readSync(dataId: object): Float32Array;
};

/**
 * @param state weights in PyTorch's names and layouts
 * @param input name of images [N,1,S,S] in [0, 1] in the graph, S being `size`
 * @throws LabError `state-mismatch` if they are not of this network
 */
export async function trace(
  network: Network,
  state: ModelState,
  { size, input }: { size: number; input: string },
): Promise<Traced> {
  const records = matchState(network.tensors, state);
  if (!tf.findBackendFactory(BACKEND)) {
    tf.registerBackend(BACKEND, tf.findBackendFactory('cpu'), 0);
    tf.copyRegisteredKernels('cpu', BACKEND);
  }
  // A worker that computes nothing else has none before.
  const before: string | undefined = tf.getBackend();
  await tf.setBackend(BACKEND);
  const model = modelOf(network, (spec, at) => fromTorch(spec, records[at]));
  try {
    const writer = createWriter(tf.backend() as unknown as Backend);
    registerKernels(BACKEND, writer.kernels);
    let logits = '';
    tf.tidy(() => {
      const x = tf.zeros<tf.Rank.R4>([1, size, size, 1]);
      writer.call(x, input);
      logits = writer.nameOf(evaluate(model, x));
    });
    return { nodes: writer.nodes, initializers: writer.initializers, logits };
  } finally {
    model.dispose();
    if (before) await tf.setBackend(before);
  }
}

/** The kernels of evaluation, and what they have written. */
function createWriter(backend: Backend) {
  const nodes: Node[] = [];
  const initializers: Initializer[] = [];
  /** By a tensor's data: its name in the graph. A reshaped tensor has the same data. */
  const names = new Map<object, string>();
  /** By name: pixels of a channel. Rows have none. */
  const areas = new Map<string, number>();

  const nameOf = ({ dataId }: tf.TensorInfo) => names.get(dataId)!;

  function add(op: string, inputs: readonly string[], attributes?: Node['attributes']): string {
    const output = `${op}_${nodes.length}`;
    nodes.push({ op, inputs, output, ...(attributes && { attributes }) });
    return output;
  }

  function constant(shape: readonly number[], floats: Float32Array): string {
    const name = `weights_${initializers.length}`;
    initializers.push({ name, shape, floats });
    return name;
  }

  const weights = ({ shape, dataId }: tf.TensorInfo) => constant(shape, backend.readSync(dataId));

  function call({ dataId, shape }: tf.TensorInfo, name: string): void {
    names.set(dataId, name);
    if (shape.length === 4) areas.set(name, shape[1] * shape[2]);
  }

  /** A tensor without values. */
  function result(shape: readonly number[], name: string): tf.TensorInfo {
    const info = backend.makeTensorInfo([...shape], 'float32');
    call(info, name);
    return info;
  }

  function convolve(
    { x, filter, bias, residual }: Convolution,
    { stride, pad, relu }: { stride: number; pad: number; relu: boolean },
  ): tf.TensorInfo {
    const [n, height, width] = x.shape;
    const [kernelHeight, kernelWidth, inputs, outputs] = filter.shape;
    const values = backend.readSync(filter.dataId);
    const weight = constant(
      [outputs, inputs, kernelHeight, kernelWidth],
      outputsFirst(values, inputs, outputs),
    );
    const given = [nameOf(x), weight, ...(bias ? [weights(bias)] : [])];
    let name = add('Conv', given, windows([kernelHeight, kernelWidth], stride, pad));
    if (residual) name = add('Add', [name, nameOf(residual)]);
    if (relu) name = add('Relu', [name]);
    const side = (length: number, kernel: number) => outputSide(length, kernel, stride, pad);
    return result([n, side(height, kernelHeight), side(width, kernelWidth), outputs], name);
  }

  /** Maps as a row an image, channels last, as the weights of a linear layer want them. */
  function rowOf(x: string): string {
    const area = areas.get(x);
    if (area === undefined) return x;
    const ordered = area === 1 ? x : add('Transpose', [x], { perm: { ints: [0, 2, 3, 1] } });
    return add('Flatten', [ordered], { axis: { int: 1 } });
  }

  const kernels: Partial<Kernels> = {
    LabConv2d({ inputs, attrs }) {
      return convolve(inputs, attrs);
    },

    LabConv2dResidual({ inputs, attrs }) {
      return convolve(inputs, attrs);
    },

    LabMaxPool({ inputs: { x }, attrs: { window, stride, pad } }) {
      const [n, height, width, channels] = x.shape;
      const side = (length: number) => outputSide(length, window, stride, pad);
      const shape = [n, side(height), side(width), channels];
      const name = add('MaxPool', [nameOf(x)], windows([window, window], stride, pad));
      return [result(shape, name), backend.makeTensorInfo(shape, 'float32')];
    },

    LabAdaptiveAvgPool({ inputs: { x }, attrs: { inputShape, outHeight, outWidth } }) {
      const [n, height, width, channels] = inputShape;
      const shape = [n, outHeight, outWidth, channels];
      if (height === outHeight && width === outWidth) return result(shape, nameOf(x));
      if (outHeight === 1 && outWidth === 1) return result(shape, add('GlobalAveragePool', [nameOf(x)]));
      // ONNX has no operator with PyTorch's bins: averages of rows, then of columns.
      const rows = constant([outHeight, height], averages(height, outHeight, false));
      const columns = constant([width, outWidth], averages(width, outWidth, true));
      return result(shape, add('MatMul', [add('MatMul', [rows, nameOf(x)]), columns]));
    },

    LabLinear({ inputs: { x, weight, bias }, attrs: { relu } }) {
      const name = add('Gemm', [rowOf(nameOf(x)), weights(weight), weights(bias)]);
      return result([x.shape[0], weight.shape[1]], relu ? add('Relu', [name]) : name);
    },
  };

  return { kernels, nodes, initializers, nameOf, call };
}

type Convolution = {
  x: tf.TensorInfo;
  filter: tf.TensorInfo;
  bias?: tf.TensorInfo | undefined;
  residual?: tf.TensorInfo;
};

function windows(kernel: readonly number[], stride: number, pad: number) {
  return {
    kernel_shape: { ints: kernel },
    strides: { ints: [stride, stride] },
    pads: { ints: [pad, pad, pad, pad] },
  };
}

/** [kh,kw,in,out] → [out,in,kh,kw]. */
function outputsFirst(values: Float32Array, inputs: number, outputs: number): Float32Array {
  const result = new Float32Array(values.length);
  const area = values.length / inputs / outputs;
  let from = 0;
  for (let at = 0; at < area; at++)
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++) result[(o * inputs + i) * area + at] = values[from++];
  return result;
}

/** The matrix [out, in] that averages over PyTorch's bins, or [in, out]. */
function averages(inSide: number, outSide: number, transposed: boolean): Float32Array {
  const matrix = new Float32Array(inSide * outSide);
  for (let bin = 0; bin < outSide; bin++) {
    const [start, end] = binRange(bin, inSide, outSide);
    for (let at = start; at < end; at++)
      matrix[transposed ? at * outSide + bin : bin * inSide + at] = 1 / (end - start);
  }
  return matrix;
}
