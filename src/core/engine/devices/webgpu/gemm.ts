/**
 * Generator of matrix products C[m,n] = Σₖ A[m,k]·B[k,n] whose operands need not be stored as matrices: the caller's
 * WGSL gives the values of A and B at (row, k). So a convolution is one product, and no im2col is ever stored.
 *
 * A group computes a tile of C, DEPTH of k at a time: the tiles of A and B go through workgroup memory ([k][row],
 * 16 KiB at most), and each thread keeps 8×8 sums in registers. The next tiles are fetched while the current ones are
 * multiplied. Every sum runs over k in order for any tile size, so that all tiles give the same bits.
 */
import type { Source } from './program.ts';

/** A tile of C; 64 elements per thread. */
export type Tile = { rows: 64 | 128; columns: 64 | 128 };

/** Steps of k per tile; splits of a product begin at multiples of it. */
export const DEPTH = 16;

/** A (rows: those of C) or B (rows: the columns of C). */
export type Operand = {
  /** Whether `at` returns neighbours in k or neighbouring rows. */
  along: 'k' | 'row';
  /** Body of `(row: u32, layer: u32) -> vec4i`: the state of a row that does not depend on k. */
  row: string;
  /** Body of `(s: vec4i, k: u32, layer: u32) -> vec4f`: four values from that row and k on, zeros outside. */
  at: string;
  /** Functions used by these bodies. */
  declarations?: string;
};

export type Product = {
  a: Operand;
  b: Operand;
  /** Columns of C. */
  columns: number;
  /** Body of `(layer: u32) -> vec2u`: the k to sum over, from a multiple of DEPTH on. */
  range: string;
  /** Body of `(row: u32, column: u32, value: vec4f, layer: u32)`: stores four neighbouring columns, or ignores them. */
  store: string;
} & Pick<Source, 'params' | 'storage' | 'declarations'>;

/** Number of groups per layer of C. */
export function tileCount(rows: number, columns: number, tile: Tile): number {
  return Math.ceil(rows / tile.rows) * Math.ceil(columns / tile.columns);
}

export function productSource(product: Product, tile: Tile): Source {
  const { a, b, columns, range, store, declarations = '', ...rest } = product;
  const columnTiles = Math.ceil(columns / tile.columns);
  const threads = (tile.rows / 8) * (tile.columns / 8);
  const blocks = blockCount(tile.columns);
  // If possible, one part of the threads fetches A and another B.
  const apart = a.along === 'k' && b.along === 'k' && blockCount(tile.rows) + blocks <= threads;
  const loads = [
    loader('a', a, { rows: tile.rows, threads, firstLane: 0 }),
    loader('b', b, {
      rows: tile.columns,
      threads,
      firstLane: apart ? threads - blocks : 0,
    }),
  ];
  const join = (part: (load: Loader) => string) => loads.map(part).join('\n');
  const across = tile.columns / 8;
  return {
    ...rest,
    threads,
    declarations: `${declarations}
${join((load) => load.declarations)}
fn range(layer: u32) -> vec2u { ${range} }
fn store(row: u32, column: u32, value: vec4f, layer: u32) { ${store} }`,
    body: `
  let aFirst = group / ${columnTiles}u * ${tile.rows}u;
  let bFirst = group % ${columnTiles}u * ${tile.columns}u;
  let tx = lane % ${across}u;
  let ty = lane / ${across}u;
  ${SUMS.map((sum) => `var ${sum} = vec4f();`).join(' ')}
  ${join((load) => load.prepare)}
  let between = range(layer);
  let steps = (between.y - between.x + ${DEPTH - 1}u) / ${DEPTH}u;
  for (var step = 0u; step <= steps; step++) {
    let k = between.x + step * ${DEPTH}u;
    ${join((load) => load.fetch)}
    if (step > 0u) {
      ${multiplication(tile)}
    }
    workgroupBarrier();
    ${join((load) => load.keep)}
    workgroupBarrier();
  }
  var all = array<vec4f, 16>(${SUMS.join(', ')});
  for (var i = 0u; i < 16u; i++) {
    let row = aFirst + i / 8u * ${tile.rows / 2}u + ty * 4u + i / 2u % 4u;
    store(row, bFirst + i % 2u * ${tile.columns / 2}u + tx * 4u, all[i], layer);
  }`,
  };
}

/** Adds the products of a tile's k to the sums. Unrolled: as a loop it takes a sixth longer. */
function multiplication({ rows, columns }: Tile): string {
  const one = (k: string) => `{
        let a0 = aTile[${slot(k, 'ty', rows)}];
        let a1 = aTile[${slot(k, `ty + ${rows / 8}u`, rows)}];
        let b0 = bTile[${slot(k, 'tx', columns)}];
        let b1 = bTile[${slot(k, `tx + ${columns / 8}u`, columns)}];
        ${SUMS.map((sum, i) => `${sum} += a${i >> 3}[${(i >> 1) & 3}] * b${i & 1};`).join(' ')}
      }`;
  return Array.from({ length: DEPTH }, (_, k) => one(`${k}u`)).join('\n');
}

/** A thread's sums: 8 rows of 2 vec4. Separate variables, because arrays may not be kept in registers. */
const SUMS = Array.from({ length: 16 }, (_, i) => `c${i}`);

/**
 * Index in workgroup memory of the four rows from 4·`quad` on. Reversed in every other block of four k, so that
 * threads that write such blocks side by side use different banks.
 */
function slot(k: string, quad: string, rows: number): string {
  return `(${k}) * ${rows / 4}u + ((${quad}) ^ ((${k}) & 4u))`;
}

/** Blocks of 4 rows × 4 k in a tile of an operand. */
function blockCount(rows: number): number {
  return (rows / 4) * (DEPTH / 4);
}

type Loader = { declarations: string; prepare: string; fetch: string; keep: string };
/** An operand's rows in a tile, the group's threads, and the first of those that fetch. */
type Load = { rows: number; threads: number; firstLane: number };

/** Loads an operand's tile from memory into registers (`fetch`) and stores it to workgroup memory (`keep`). */
function loader(name: 'a' | 'b', operand: Operand, { rows, threads, firstLane }: Load): Loader {
  const quads = rows / 4;
  const declarations = `
var<workgroup> ${name}Tile: array<vec4f, ${DEPTH * quads}>;
${operand.declarations ?? ''}
fn ${name}Row(row: u32, layer: u32) -> vec4i { ${operand.row} }
fn ${name}At(s: vec4i, k: u32, layer: u32) -> vec4f { ${operand.at} }`;
  const place = (k: string, value: string) => `${name}Tile[${slot(k, `${name}Quad`, rows)}] = ${value};`;

  if (operand.along === 'row') {
    const kStep = threads / quads;
    const each = Array.from({ length: Math.ceil(DEPTH / kStep) }, (_, i) => i);
    return {
      declarations,
      prepare: `
  let ${name}Quad = lane % ${quads}u;
  let ${name}K = lane / ${quads}u;
  let ${name}State = ${name}Row(${name}First + ${name}Quad * 4u, layer);
  ${each.map((i) => `var ${name}v${i} = vec4f();`).join(' ')}`,
      fetch: each
        .map((i) => `${name}v${i} = ${name}At(${name}State, k + ${name}K + ${i * kStep}u, layer);`)
        .join('\n'),
      keep: each.map((i) => place(`${name}K + ${i * kStep}u`, `${name}v${i}`)).join('\n'),
    };
  }

  // One block of 4 rows × 4 k per thread, transposed on the way. Two neighbours in k share 32 bytes of a row.
  const four = [0, 1, 2, 3];
  const blocks = blockCount(rows);
  const busy = [
    ...(firstLane > 0 ? [`lane >= ${firstLane}u`] : []),
    ...(firstLane + blocks < threads ? [`lane < ${firstLane + blocks}u`] : []),
  ].join(' && ');
  const guard = (code: string) => (busy ? `if (${busy}) { ${code} }` : code);
  const component = (k: number) => `vec4f(${four.map((i) => `${name}v${i}[${k}]`).join(', ')})`;
  return {
    declarations,
    prepare: `
  let ${name}Lane = lane - ${firstLane}u;
  let ${name}Quad = ${name}Lane / 2u % ${quads}u;
  let ${name}K = (${name}Lane % 2u + ${name}Lane / ${2 * quads}u * 2u) * 4u;
  ${four.map((i) => `let ${name}State${i} = ${name}Row(${name}First + ${name}Quad * 4u + ${i}u, layer);`).join('\n')}
  ${four.map((i) => `var ${name}v${i} = vec4f();`).join(' ')}`,
    fetch: guard(
      four.map((i) => `${name}v${i} = ${name}At(${name}State${i}, k + ${name}K, layer);`).join('\n'),
    ),
    keep: guard(four.map((k) => place(`${name}K + ${k}u`, component(k))).join('\n')),
  };
}
