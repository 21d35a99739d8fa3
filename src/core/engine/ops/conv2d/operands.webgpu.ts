/**
 * The three products of a convolution: the meaning of rows, columns and k, and the address of each value. Rows of
 * activations count pixels over all images; k of filters counts (filter row, filter column, channel).
 */
import type { Operand, Product } from '../../devices/webgpu/gemm.ts';
import { floats, reluFunction, widthOf } from '../../devices/webgpu/wgsl.ts';

/** x [n, height, width, channels], filter [filterHeight, filterWidth, channels, outChannels]. */
export type Geometry = {
  height: number;
  width: number;
  channels: number;
  outHeight: number;
  outWidth: number;
  outChannels: number;
  filterHeight: number;
  filterWidth: number;
  stride: number;
  pad: number;
};

/** A row outside any image: so far up that no window reaches it. */
const NOWHERE = 'vec4i(0, -1000000, 0, 0)';

function array(channels: number): string {
  return `array<${floats(widthOf(channels))}>`;
}

/** Addresses of an operand's values: WGSL with `s`, the row's state, and `k`. */
type Place = {
  buffer: string;
  channels: number;
  along: Operand['along'];
  /** Body of `row`. */
  row: string;
  /** Statements before the two expressions below. */
  find?: string;
  /** Conditions that must all hold. */
  inside: string[];
  index: string;
};

/**
 * Reads without a branch, so that several can be in flight at once. If the channels don't fill vec4s, values are read
 * one by one, which is only possible along k.
 */
function operand(
  name: 'a' | 'b',
  { buffer, channels, along, row, find = '', inside, index }: Place,
): Operand {
  const read = (zero: string, unit: string) => `
  ${find}
  let inside = all(vec${inside.length}(${inside.join(', ')}));
  return select(${zero}, ${buffer}[select(0u, (${index}) / ${unit}, inside)], inside);`;
  if (widthOf(channels) === 4) return { along, row, at: read('vec4f()', '4u') };
  return {
    along: 'k',
    row,
    declarations: `fn ${name}One(s: vec4i, k: u32, layer: u32) -> f32 { ${read('0.0', '1u')} }`,
    at: `
  var values = vec4f();
  for (var i = 0u; i < 4u; i++) { values[i] = ${name}One(s, k + i, layer); }
  return values;`,
  };
}

/** Body of `store` for a matrix of `columns` columns: `index` is the start of a row, `column` the position in it. */
function storeQuad(
  columns: number,
  { index, bias = false, residual = false, relu = false }: { index: string } & Partial<Epilogue>,
) {
  const write = (column: string, to: string, value: string) => {
    const terms = [value, ...(bias ? [`bias[${column}]`] : []), ...(residual ? [`residual[${to}]`] : [])];
    const sum = terms.join(' + ');
    return `out[${to}] = ${relu ? `relu(${sum})` : sum};`;
  };
  const at = `let at = ${index} + column + layer / layersEach * params.splitSize;`;
  if (widthOf(columns) === 4) return `${at} ${write('column / 4u', 'at / 4u', 'value')}`;
  const one = `if (column + i < ${columns}u) { ${write('column + i', 'at + i', 'value[i]')} }`;
  return `${at} for (var i = 0u; i < 4u; i++) { ${one} }`;
}

/** k starting at the split's first: a layer's k are divided into chunks of `params.chunk`. */
function rangeOf(all: string): string {
  return `
  let all = ${all};
  let first = min(layer / layersEach * params.chunk, all);
  return vec2u(first, min(first + params.chunk, all));`;
}

const PARAMS = { images: 'u32', chunk: 'u32', splitSize: 'u32' } as const;

/** Operations on a sum before it is stored, in this order. */
export type Epilogue = { bias: boolean; residual: boolean; relu: boolean };

/** y: rows are pixels of y, columns its channels. */
export function forwardProduct(g: Geometry, { bias, residual, relu }: Epilogue): Product {
  const outPixels = g.outHeight * g.outWidth;
  const depth = g.filterHeight * g.filterWidth * g.channels;
  return {
    params: PARAMS,
    storage: {
      x: array(g.channels),
      weights: array(g.outChannels),
      ...(bias && { bias: array(g.outChannels) }),
      ...(residual && { residual: array(g.outChannels) }),
      out: array(g.outChannels),
    },
    declarations: `const layersEach = 1u; ${relu ? reluFunction(widthOf(g.outChannels)) : ''}`,
    columns: g.outChannels,
    range: rangeOf(`${depth}u`),
    a: operand('a', {
      buffer: 'x',
      channels: g.channels,
      along: 'k',
      row: `
  if (row >= params.images * ${outPixels}u) { return ${NOWHERE}; }
  let pixel = row % ${outPixels}u;
  return vec4i(i32(row / ${outPixels}u * ${g.height * g.width}u),
    i32(pixel / ${g.outWidth}u) * ${g.stride} - ${g.pad}, i32(pixel % ${g.outWidth}u) * ${g.stride} - ${g.pad}, 0);`,
      find: `
  let tap = k / ${g.channels}u;
  let y = s.y + i32(tap / ${g.filterWidth}u);
  let x0 = s.z + i32(tap % ${g.filterWidth}u);`,
      inside: [`k < ${depth}u`, `u32(y) < ${g.height}u`, `u32(x0) < ${g.width}u`],
      index: `u32(s.x + y * ${g.width} + x0) * ${g.channels}u + k % ${g.channels}u`,
    }),
    b: operand('b', {
      buffer: 'weights',
      channels: g.outChannels,
      along: 'row',
      row: 'return vec4i(i32(row));',
      inside: [`k < ${depth}u`, `u32(s.x) < ${g.outChannels}u`],
      index: `k * ${g.outChannels}u + u32(s.x)`,
    }),
    store: `
  if (row >= params.images * ${outPixels}u || column >= ${g.outChannels}u) { return; }
  ${storeQuad(g.outChannels, { index: `row * ${g.outChannels}u`, bias, residual, relu })}`,
  };
}

/**
 * dx: rows are pixels of x, columns its channels. With a stride, pixels fall into stride² phases that read different
 * taps of the filter: one layer each, over pixels (stride·i + phase row, stride·j + phase column).
 */
export function inputProduct(g: Geometry): Product {
  const { stride, pad, channels, outChannels, filterHeight, filterWidth } = g;
  const rows = Math.ceil(g.height / stride);
  const columns = Math.ceil(g.width / stride);
  return {
    params: PARAMS,
    storage: { dy: array(outChannels), weights: array(outChannels), out: array(channels) },
    declarations: `
const layersEach = ${stride * stride}u;
// Per layer: phase row and column, and the first tap that hits a pixel of y, in each direction.
fn phase(layer: u32) -> vec2u { return vec2u(layer % layersEach / ${stride}u, layer % ${stride}u); }
fn firstTap(layer: u32) -> vec2u { return (phase(layer) + ${pad}u) % ${stride}u; }
// Number of taps in each direction.
fn taps(layer: u32) -> vec2u { return (vec2u(${filterHeight + stride - 1}u, ${filterWidth + stride - 1}u) - firstTap(layer)) / ${stride}u; }
fn depth(layer: u32) -> u32 { let t = taps(layer); return t.x * t.y * ${outChannels}u; }`,
    columns: channels,
    range: rangeOf('depth(layer)'),
    a: operand('a', {
      buffer: 'dy',
      channels: outChannels,
      along: 'k',
      row: `
  if (row >= params.images * ${rows * columns}u) { return ${NOWHERE}; }
  let pixel = row % ${rows * columns}u;
  let shift = (phase(layer) + ${pad}u) / ${stride}u;
  return vec4i(i32(row / ${rows * columns}u * ${g.outHeight * g.outWidth}u),
    i32(pixel / ${columns}u + shift.x), i32(pixel % ${columns}u + shift.y), 0);`,
      find: `
  let tap = k / ${outChannels}u;
  let across = taps(layer).y;
  let y = s.y - i32(tap / across);
  let x = s.z - i32(tap % across);`,
      inside: [`k < depth(layer)`, `u32(y) < ${g.outHeight}u`, `u32(x) < ${g.outWidth}u`],
      index: `u32(s.x + y * ${g.outWidth} + x) * ${outChannels}u + k % ${outChannels}u`,
    }),
    b: operand('b', {
      buffer: 'weights',
      channels: outChannels,
      along: 'k',
      row: 'return vec4i(i32(row));',
      find: `
  let tap = k / ${outChannels}u;
  let across = taps(layer).y;
  let at = firstTap(layer) + vec2u(tap / across, tap % across) * ${stride}u;`,
      inside: [`k < depth(layer)`, `u32(s.x) < ${channels}u`],
      index: `((at.x * ${filterWidth}u + at.y) * ${channels}u + u32(s.x)) * ${outChannels}u + k % ${outChannels}u`,
    }),
    store: `
  if (row >= params.images * ${rows * columns}u || column >= ${channels}u) { return; }
  let pixel = row % ${rows * columns}u;
  let place = vec2u(pixel / ${columns}u, pixel % ${columns}u) * ${stride}u + phase(layer);
  if (place.x >= ${g.height}u || place.y >= ${g.width}u) { return; }
  let image = row / ${rows * columns}u;
  ${storeQuad(channels, { index: `((image * ${g.height}u + place.x) * ${g.width}u + place.y) * ${channels}u` })}`,
  };
}

/** dfilter: rows are (filter row, filter column, channel), columns the channels of y, k the pixels of y. */
export function filterProduct(g: Geometry): Product {
  const outPixels = g.outHeight * g.outWidth;
  const rows = g.filterHeight * g.filterWidth * g.channels;
  return {
    params: PARAMS,
    storage: { x: array(g.channels), dy: array(g.outChannels), out: array(g.outChannels) },
    declarations: 'const layersEach = 1u;',
    columns: g.outChannels,
    range: rangeOf(`params.images * ${outPixels}u`),
    a: operand('a', {
      buffer: 'x',
      channels: g.channels,
      along: 'row',
      row: `
  if (row >= ${rows}u) { return ${NOWHERE}; }
  let tap = row / ${g.channels}u;
  return vec4i(i32(row % ${g.channels}u), i32(tap / ${g.filterWidth}u) - ${g.pad}, i32(tap % ${g.filterWidth}u) - ${g.pad}, 0);`,
      find: `
  let pixel = k % ${outPixels}u;
  let y = i32(pixel / ${g.outWidth}u) * ${g.stride} + s.y;
  let x0 = i32(pixel % ${g.outWidth}u) * ${g.stride} + s.z;`,
      inside: [`k < params.images * ${outPixels}u`, `u32(y) < ${g.height}u`, `u32(x0) < ${g.width}u`],
      index: `(k / ${outPixels}u * ${g.height * g.width}u + u32(y * ${g.width} + x0)) * ${g.channels}u + u32(s.x)`,
    }),
    b: operand('b', {
      buffer: 'dy',
      channels: g.outChannels,
      along: 'row',
      row: 'return vec4i(i32(row));',
      inside: [`k < params.images * ${outPixels}u`, `u32(s.x) < ${g.outChannels}u`],
      index: `k * ${g.outChannels}u + u32(s.x)`,
    }),
    store: `
  if (row >= ${rows}u || column >= ${g.outChannels}u) { return; }
  ${storeQuad(g.outChannels, { index: `row * ${g.outChannels}u` })}`,
  };
}
