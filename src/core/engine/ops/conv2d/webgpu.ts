/** conv2d on the webgpu device: implicit matrix products, split along k if there are too few tiles. */
import type { GpuBackend } from '../../devices/webgpu/backend.ts';
import { DEPTH, type Product, productSource, type Tile, tileCount } from '../../devices/webgpu/gemm.ts';
import { type Program, program } from '../../devices/webgpu/program.ts';
import { nameOf } from '../../devices/webgpu/tiles.ts';
import { floats, reluFunction, widthOf } from '../../devices/webgpu/wgsl.ts';
import * as tf from '../../tf.ts';
import { outputSide } from '../kernel.ts';
import type { Conv2dKernels, Conv2dResidualKernels } from './index.ts';
import {
  type Epilogue,
  filterProduct,
  forwardProduct,
  type Geometry,
  inputProduct,
} from './operands.webgpu.ts';

/** Groups that keep a large graphics processor busy. */
const WANTED_GROUPS = 384;
/** Minimum k of a split. */
const SHORTEST_SPLIT = 256;
const SUM_THREADS = 256;

type Multiplication = {
  name: string;
  geometry: Geometry;
  make(epilogue: Epilogue): Product;
  images: number;
  /** Size of C, per layer. */
  rows: number;
  columns: number;
  depth: number;
  layers: number;
  x: tf.TensorInfo[];
  outShape: number[];
  bias?: tf.TensorInfo | undefined;
  /** Has the output's shape. */
  residual?: tf.TensorInfo | undefined;
  relu?: boolean;
};

/** Computes a product, in two dispatches if it is split along k: partial products, then their sum. */
function multiply(gpu: GpuBackend, m: Multiplication): tf.TensorInfo {
  const operations = 2 * m.rows * m.columns * m.depth * m.layers;
  const { tile, timed, candidates } = gpu.tiles.choose({
    name: m.name,
    geometry: m.geometry,
    rows: m.rows,
    columns: m.columns,
    operations,
  });
  // The splits of k decide the bits, so they depend on shapes alone.
  const blocks = Math.ceil(m.rows / 128) * Math.ceil(m.columns / 64) * m.layers;
  const wanted = Math.min(Math.floor(WANTED_GROUPS / blocks), Math.floor(m.depth / SHORTEST_SPLIT));
  const chunk = Math.ceil(m.depth / Math.max(1, wanted) / DEPTH) * DEPTH;
  const splits = Math.ceil(m.depth / chunk);
  const size = tf.util.sizeFromShape(m.outShape);
  const out = gpu.output(m.outShape);
  const partial = splits > 1 ? gpu.output([splits, size]) : out;
  const after: Epilogue = {
    bias: m.bias !== undefined,
    residual: m.residual !== undefined,
    relu: m.relu === true,
  };
  const extra = [m.bias, m.residual].filter((tensor) => tensor !== undefined);
  // A split product gets its bias, residual and ReLU with the sum.
  const epilogue = splits === 1 ? after : { bias: false, residual: false, relu: false };
  const programOf = (shape: Tile) =>
    program(m.name, { ...epilogue, ...m.geometry, tile: nameOf(shape) }, () =>
      productSource(m.make(epilogue), shape),
    );
  for (const candidate of candidates ?? []) gpu.prepare(programOf(candidate));
  gpu.run({
    program: programOf(tile),
    tensors: [...m.x, ...(splits === 1 ? extra : []), partial],
    params: [m.images, chunk, size],
    groups: tileCount(m.rows, m.columns, tile),
    layers: splits * m.layers,
    operations,
    timed,
  });
  if (splits > 1) {
    const width = widthOf(m.columns);
    gpu.run({
      program: splitSum(m.columns, after),
      tensors: [partial, ...extra, out],
      params: [size / width, splits],
      groups: Math.ceil(size / width / SUM_THREADS),
    });
    gpu.disposeData(partial.dataId);
  }
  return out;
}

/** Σ of the partial products [splits, …, columns] in order, then bias, residual and ReLU. */
function splitSum(columns: number, { bias, residual, relu }: Epilogue): Program {
  const width = widthOf(columns);
  const array = `array<${floats(width)}>`;
  return program('split sum', { columns, bias, residual, relu }, () => ({
    params: { size: 'u32', splits: 'u32' },
    storage: {
      partial: array,
      ...(bias && { bias: array }),
      ...(residual && { residual: array }),
      out: array,
    },
    threads: SUM_THREADS,
    declarations: reluFunction(width),
    body: `
  let i = group * ${SUM_THREADS}u + lane;
  if (i >= params.size) { return; }
  var sum = partial[i];
  for (var s = 1u; s < params.splits; s++) { sum += partial[s * params.size + i]; }
  ${bias ? `sum += bias[i % ${columns / width}u];` : ''}
  ${residual ? 'sum += residual[i];' : ''}
  out[i] = ${relu ? 'relu(sum)' : 'sum'};`,
  }));
}

function geometryOf(
  [, height, width, channels]: number[],
  [filterHeight, filterWidth, , outChannels]: number[],
  { stride, pad }: { stride: number; pad: number },
): Geometry {
  return {
    height,
    width,
    channels,
    outHeight: outputSide(height, filterHeight, stride, pad),
    outWidth: outputSide(width, filterWidth, stride, pad),
    outChannels,
    filterHeight,
    filterWidth,
    stride,
    pad,
  };
}

type Forward = {
  inputs: {
    x: tf.TensorInfo;
    filter: tf.TensorInfo;
    bias?: tf.TensorInfo | undefined;
    residual?: tf.TensorInfo;
  };
  attrs: { stride: number; pad: number; relu: boolean };
  backend: object;
};

function forward({ inputs: { x, filter, bias, residual }, attrs: { relu, ...window }, backend }: Forward) {
  const geometry = geometryOf(x.shape, filter.shape, window);
  const { outHeight, outWidth, outChannels, filterHeight, filterWidth, channels } = geometry;
  const [images] = x.shape;
  return multiply(backend as GpuBackend, {
    name: 'convolution',
    geometry,
    make: (epilogue) => forwardProduct(geometry, epilogue),
    images,
    rows: images * outHeight * outWidth,
    columns: outChannels,
    depth: filterHeight * filterWidth * channels,
    layers: 1,
    x: [x, filter],
    outShape: [images, outHeight, outWidth, outChannels],
    bias,
    residual,
    relu,
  });
}

export const kernels: Conv2dKernels & Conv2dResidualKernels = {
  LabConv2d: forward,
  LabConv2dResidual: forward,

  LabConv2dBackpropInput({ inputs: { dy, filter }, attrs: { inputShape, ...window }, backend }) {
    const geometry = geometryOf(inputShape, filter.shape, window);
    const { height, width, channels, outChannels, filterHeight, filterWidth, stride } = geometry;
    const [images] = inputShape;
    return multiply(backend as GpuBackend, {
      name: 'convolution, gradient of its input',
      geometry,
      make: () => inputProduct(geometry),
      images,
      rows: images * Math.ceil(height / stride) * Math.ceil(width / stride),
      columns: channels,
      depth: Math.ceil(filterHeight / stride) * Math.ceil(filterWidth / stride) * outChannels,
      layers: stride * stride,
      x: [dy, filter],
      outShape: inputShape,
    });
  },

  LabConv2dBackpropFilter({ inputs: { x, dy }, attrs: { filterShape, ...window }, backend }) {
    const geometry = geometryOf(x.shape, filterShape, window);
    const { outHeight, outWidth, outChannels, filterHeight, filterWidth, channels } = geometry;
    const [images] = x.shape;
    return multiply(backend as GpuBackend, {
      name: 'convolution, gradient of its filter',
      geometry,
      make: () => filterProduct(geometry),
      images,
      rows: filterHeight * filterWidth * channels,
      columns: outChannels,
      depth: images * outHeight * outWidth,
      layers: 1,
      x: [x, dy],
      outShape: filterShape,
    });
  },
};
