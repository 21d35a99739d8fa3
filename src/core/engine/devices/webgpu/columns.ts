/**
 * Passes over a matrix [rows, channels], row major: sums per channel, or the same operation on all elements with
 * values per channel. One thread stays with one channel (or four), so that its values are computed once.
 */
import type * as tf from '../../tf.ts';
import type { GpuBackend } from './backend.ts';
import { type Call, type Program, program, type Source } from './program.ts';
import { floats, widthOf } from './wgsl.ts';

const THREADS = 256;
/** Rows a thread goes through at least. */
const ROWS_EACH = 8;
/** More groups than this keep no processor busier. */
const MOST_GROUPS = 512;

/** How the threads of a group lie over the matrix: `wide` columns, `deep` rows; `layers` groups cover a row. */
type Tile = { width: 1 | 4; columns: number; wide: number; deep: number; layers: number };

function tileOf(channels: number, widest: number): Tile {
  const width = widthOf(channels);
  const columns = channels / width;
  const wide = Math.min(columns, widest);
  return { width, columns, wide, deep: Math.floor(THREADS / wide), layers: Math.ceil(columns / wide) };
}

/** Where the matrix is cut into groups of rows. Depends on its shape alone. */
function cut(rows: number, deep: number) {
  const groups = Math.min(Math.ceil(rows / (deep * ROWS_EACH)), MOST_GROUPS);
  return { groups, rowsEach: Math.ceil(rows / groups) };
}

/** Code of a pass. Sees `T` (f32 or vec4f), `row`, `column` and `at`, the index of both in the matrix. */
export type ColumnPass = {
  storage: Record<string, string>;
  params?: Record<string, 'u32' | 'f32'>;
  declarations?: string;
  /** Once, before the rows. */
  prepare?: string;
  /** For each row. */
  each: string;
};

/** Threads beyond the last column do nothing but wait at barriers. */
function frame({ wide, deep, columns }: Tile, { prepare = '', each }: ColumnPass): string {
  return `
  let column = layer * ${wide}u + lane % ${wide}u;
  let first = lane / ${wide}u;
  if (first < ${deep}u && column < ${columns}u) {
    ${prepare}
    let end = min(params.rows, (group + 1u) * params.rowsEach);
    for (var row = group * params.rowsEach + first; row < end; row += ${deep}u) {
      let at = row * ${columns}u + column;
      ${each}
    }
  }`;
}

function sourceOf(tile: Tile, pass: ColumnPass): Source {
  return {
    params: { rows: 'u32', rowsEach: 'u32', ...pass.params },
    storage: pass.storage,
    threads: THREADS,
    declarations: `alias T = ${floats(tile.width)};\n${pass.declarations ?? ''}`,
    body: frame(tile, pass),
  };
}

/** The same operation on all elements. `name` and `constants` identify the pass. */
export function columnMap(
  name: string,
  constants: Record<string, number | boolean>,
  channels: number,
  pass: (width: 1 | 4) => ColumnPass,
): Program {
  const tile = tileOf(channels, 64);
  return program(name, { channels, ...constants }, () => sourceOf(tile, pass(tile.width)));
}

export type ColumnSums = ColumnPass & {
  /** How many sums; `each` adds to `sum0`, `sum1`, … */
  sums: number;
  /** What to do with them: by the first thread of each column. Sees `group` and `column`. */
  finish: string;
};

/** Sums over the rows of each group, in an order that depends on the shape alone. */
function columnSums(
  name: string,
  constants: Record<string, number | boolean>,
  channels: number,
  widest: number,
  pass: (width: 1 | 4) => ColumnSums,
): Program {
  const tile = tileOf(channels, widest);
  return program(name, { channels, ...constants }, () => {
    const { sums, finish, ...rest } = pass(tile.width);
    const each = Array.from({ length: sums }, (_, s) => s);
    const source = sourceOf(tile, rest);
    return {
      ...source,
      declarations: `${source.declarations}
${each.map((s) => `var<workgroup> shared${s}: array<T, ${THREADS}>;`).join('\n')}`,
      body: `
  ${each.map((s) => `var sum${s} = T(0);`).join(' ')}
  ${source.body}
  ${each.map((s) => `shared${s}[lane] = sum${s};`).join(' ')}
  ${tree(tile, each)}
  if (first == 0u && column < ${tile.columns}u) { ${finish} }`,
    };
  });
}

/** Adds the threads of a column pairwise, halving their number until one is left, in sum0, sum1, … */
function tree({ wide, deep }: Tile, each: number[]): string {
  const steps: string[] = [];
  for (let left = deep; left > 1; left = Math.ceil(left / 2)) {
    const half = Math.ceil(left / 2);
    steps.push(`
  workgroupBarrier();
  if (first + ${half}u < ${left}u) {
    ${each.map((s) => `sum${s} += shared${s}[lane + ${half * wide}u]; shared${s}[lane] = sum${s};`).join(' ')}
  }`);
  }
  return steps.join('');
}

export type Reduction = {
  name: string;
  constants?: Record<string, number | boolean>;
  /** The matrix's size. */
  rows: number;
  channels: number;
  sums: number;
  /** First pass over the matrix: adds to `sum0`, `sum1`, … */
  pass: (width: 1 | 4) => ColumnPass;
  tensors: tf.TensorInfo[];
  params?: number[];
  /** What becomes of the sums over all rows, which `finish` finds in `sum0`, `sum1`, … for each `column`. */
  final: (width: 1 | 4) => Omit<ColumnPass, 'each'> & { finish: string };
  finalTensors: tf.TensorInfo[];
  finalParams?: number[];
};

/** Sums over all rows per channel, in two dispatches. */
export function reduceColumns(gpu: GpuBackend, reduction: Reduction): void {
  const { name, constants = {}, rows, channels, sums } = reduction;
  const numbers = Array.from({ length: sums }, (_, s) => s);
  const tile = tileOf(channels, 64);
  const { groups, rowsEach } = cut(rows, tile.deep);
  const partial = gpu.output([groups, sums, channels]);
  const place = (row: string, s: number) =>
    `partial[(${row} * ${sums}u + ${s}u) * ${tile.columns}u + column]`;
  const partialType = { partial: `array<${floats(tile.width)}>` };
  const first = columnSums(`${name} sums`, constants, channels, 64, (width) => {
    const pass = reduction.pass(width);
    const finish = numbers.map((s) => `${place('group', s)} = sum${s};`).join(' ');
    return { ...pass, sums, storage: { ...pass.storage, ...partialType }, finish };
  });
  // Few columns a group, so that many threads share the few hundred rows.
  const second = columnSums(`${name} final`, constants, channels, 8, (width) => {
    const final = reduction.final(width);
    const each = numbers.map((s) => `sum${s} += ${place('row', s)};`).join(' ');
    return { ...final, sums, storage: { ...partialType, ...final.storage }, each };
  });
  gpu.run({
    program: first,
    tensors: [...reduction.tensors, partial],
    params: [rows, rowsEach, ...(reduction.params ?? [])],
    groups,
    layers: tile.layers,
  });
  gpu.run({
    program: second,
    tensors: [partial, ...reduction.finalTensors],
    params: [groups, groups, ...(reduction.finalParams ?? [])],
    groups: 1,
    layers: tileOf(channels, 8).layers,
  });
  gpu.disposeData(partial.dataId);
}

/** Runs a `columnMap`. */
export function mapColumns(
  gpu: GpuBackend,
  map: Program,
  {
    rows,
    channels,
    params = [],
    ...call
  }: { rows: number; channels: number; params?: number[] } & Pick<Call, 'tensors'>,
): void {
  const { deep, layers } = tileOf(channels, 64);
  const groups = Math.ceil(rows / (deep * ROWS_EACH));
  gpu.run({ program: map, ...call, params: [rows, deep * ROWS_EACH, ...params], groups, layers });
}

/** Sums [rows, channels] over its rows. */
export function columnSum(gpu: GpuBackend, x: tf.TensorInfo, rows: number, channels: number): tf.TensorInfo {
  const sum = gpu.output([channels]);
  reduceColumns(gpu, {
    name: 'column sum',
    rows,
    channels,
    sums: 1,
    pass: (width) => ({ storage: { x: `array<${floats(width)}>` }, each: 'sum0 += x[at];' }),
    tensors: [x],
    final: (width) => ({ storage: { total: `array<${floats(width)}>` }, finish: 'total[column] = sum0;' }),
    finalTensors: [sum],
  });
  return sum;
}
