/**
 * Passes over a matrix [rows, channels], row major: sums per channel, or an element-wise operation with
 * values per channel. One thread stays with one channel (or four), so that its values are computed once.
 */
import type * as tf from '../../tf.ts';
import type { GpuBackend } from './backend.ts';
import { type Program, program, type Source } from './program.ts';
import { floats, widthOf } from './wgsl.ts';

const THREADS = 256;
/** Columns that a group covers: in passes over the matrix, and over the partial sums of a few hundred groups. */
const WIDE = 64;
const NARROW = 8;
/** Minimum rows per thread. */
const ROWS_EACH = 8;
/** Maximum groups: more do not speed up any processor. */
const MOST_GROUPS = 512;

/** Shape of a group's threads over the matrix: `wide` columns, `deep` rows; `layers` groups cover a row. */
type Tile = { width: 1 | 4; columns: number; wide: number; deep: number; layers: number };

function tileOf(channels: number, widest: number): Tile {
  const width = widthOf(channels);
  const columns = channels / width;
  const wide = Math.min(columns, widest);
  return { width, columns, wide, deep: Math.floor(THREADS / wide), layers: Math.ceil(columns / wide) };
}

/** Inputs of a pass. */
export type Pass = {
  /** By their names in the code: arrays of T, which is f32 or vec4f. */
  tensors: Record<string, tf.TensorInfo>;
  /** Numbers, all f32, available to the code as `params.name`. */
  params?: Record<string, number>;
};

/**
 * WGSL of a pass, with T, the `column` (in units of T) and, per row, `row` and `at`, the element's index in the
 * matrix. `width` is the width of T.
 */
export type ColumnCode = {
  declarations?: string;
  /** Runs once, before the rows. */
  prepare?: string;
  /** Runs for each row. */
  each: string;
};

type Sums = {
  sums: number;
  /** Runs in the first thread of each column, after all sums. */
  finish: string;
};

function sourceOf({ tensors, params = {} }: Pass, tile: Tile, code: ColumnCode, sums?: Sums): Source {
  const { width, columns, wide, deep } = tile;
  const names = Array.from({ length: sums?.sums ?? 0 }, (_, s) => s);
  return {
    params: {
      rows: 'u32',
      rowsEach: 'u32',
      ...Object.fromEntries(Object.keys(params).map((name) => [name, 'f32' as const])),
    },
    storage: Object.fromEntries(Object.keys(tensors).map((name) => [name, 'array<T>'])),
    threads: THREADS,
    declarations: `
alias T = ${floats(width)};
${names.map((s) => `var<workgroup> shared${s}: array<T, ${THREADS}>;`).join('\n')}
${code.declarations ?? ''}`,
    body: `
  let column = layer * ${wide}u + lane % ${wide}u;
  let first = lane / ${wide}u;
  ${names.map((s) => `var sum${s} = T(0);`).join(' ')}
  // Threads beyond the last column only wait at barriers.
  if (first < ${deep}u && column < ${columns}u) {
    ${code.prepare ?? ''}
    let end = min(params.rows, (group + 1u) * params.rowsEach);
    for (var row = group * params.rowsEach + first; row < end; row += ${deep}u) {
      let at = row * ${columns}u + column;
      ${code.each}
    }
  }
  ${sums ? `${tree(tile, names)} if (first == 0u && column < ${columns}u) { ${sums.finish} }` : ''}`,
  };
}

/** Reduces the threads of a column pairwise to sum0, sum1, … */
function tree({ wide, deep }: Tile, names: number[]): string {
  const steps = [names.map((s) => `shared${s}[lane] = sum${s};`).join(' ')];
  for (let left = deep; left > 1; left = Math.ceil(left / 2)) {
    const half = Math.ceil(left / 2);
    const add = (s: number) => `sum${s} += shared${s}[lane + ${half * wide}u]; shared${s}[lane] = sum${s};`;
    steps.push(`
  workgroupBarrier();
  if (first + ${half}u < ${left}u) { ${names.map(add).join(' ')} }`);
  }
  return steps.join('');
}

type Matrix = {
  /** Identify the code, together with `channels` and the names of tensors and params. */
  name: string;
  constants?: Record<string, number | boolean>;
  rows: number;
  channels: number;
};

function programOf({ name, constants, channels }: Matrix, pass: Pass, make: () => Source): Program {
  const names = [...Object.keys(pass.tensors), ...Object.keys(pass.params ?? {})].join();
  return program(name, { channels, ...constants, names }, make);
}

/** An element-wise operation. */
export function mapColumns(
  gpu: GpuBackend,
  { code, ...pass }: Matrix & Pass & { code: (width: 1 | 4) => ColumnCode },
): void {
  const tile = tileOf(pass.channels, WIDE);
  const rowsEach = tile.deep * ROWS_EACH;
  gpu.run({
    program: programOf(pass, pass, () => sourceOf(pass, tile, code(tile.width))),
    tensors: Object.values(pass.tensors),
    params: [pass.rows, rowsEach, ...Object.values(pass.params ?? {})],
    groups: Math.ceil(pass.rows / rowsEach),
    layers: tile.layers,
  });
}

/** Sums over all rows per channel, in two dispatches and in an order that depends on the matrix's shape alone. */
export function reduceColumns(
  gpu: GpuBackend,
  reduction: Matrix & {
    sums: number;
    /** Pass over the matrix; `each` adds to `sum0`, `sum1`, … */
    pass: Pass & { code: (width: 1 | 4) => ColumnCode };
    /** Uses the sums over all rows, `sum0`, `sum1`, … of each `column`. */
    final: Pass & { finish: (width: 1 | 4) => string };
  },
): void {
  const { name, rows, channels, sums, pass, final } = reduction;
  const tile = tileOf(channels, WIDE);
  const groups = Math.min(Math.ceil(rows / (tile.deep * ROWS_EACH)), MOST_GROUPS);
  const rowsEach = Math.ceil(rows / groups);
  const partial = gpu.output([groups, sums, channels]);
  const numbers = Array.from({ length: sums }, (_, s) => s);
  const place = (row: string, s: number) =>
    `partial[(${row} * ${sums}u + ${s}u) * ${tile.columns}u + column]`;
  const first = { ...pass, tensors: { ...pass.tensors, partial } };
  const second = { ...final, tensors: { partial, ...final.tensors } };
  const finalTile = tileOf(channels, NARROW);

  gpu.run({
    program: programOf({ ...reduction, name: `${name} sums` }, first, () => {
      const finish = numbers.map((s) => `${place('group', s)} = sum${s};`).join(' ');
      return sourceOf(first, tile, pass.code(tile.width), { sums, finish });
    }),
    tensors: Object.values(first.tensors),
    params: [rows, rowsEach, ...Object.values(pass.params ?? {})],
    groups,
    layers: tile.layers,
  });
  gpu.run({
    program: programOf({ ...reduction, name: `${name} final` }, second, () => {
      const each = numbers.map((s) => `sum${s} += ${place('row', s)};`).join(' ');
      return sourceOf(second, finalTile, { each }, { sums, finish: final.finish(tile.width) });
    }),
    tensors: Object.values(second.tensors),
    params: [groups, groups, ...Object.values(final.params ?? {})],
    groups: 1,
    layers: finalTile.layers,
  });
  gpu.disposeData(partial.dataId);
}

/** Sums [rows, channels] over its rows. */
export function columnSum(gpu: GpuBackend, x: tf.TensorInfo, rows: number, channels: number): tf.TensorInfo {
  const total = gpu.output([channels]);
  reduceColumns(gpu, {
    name: 'column sum',
    rows,
    channels,
    sums: 1,
    pass: { tensors: { x }, code: () => ({ each: 'sum0 += x[at];' }) },
    final: { tensors: { total }, finish: () => 'total[column] = sum0;' },
  });
  return total;
}
