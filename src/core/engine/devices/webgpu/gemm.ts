/**
 * Generator of matrix products C[m,n] = Σₖ A[m,k]·B[k,n] whose operands need not lie in memory as matrices: what
 * A and B are at (row, k) is WGSL of the caller's. So a convolution is one product, and no im2col is ever stored.
 *
 * A group computes a tile of `rows`×64 of C, 16 of k at a time: the tiles of A and B go through workgroup memory
 * ([k][row], 13 KB at most), and each thread keeps 8×8 sums in registers. The next tiles are fetched while the
 * present ones are multiplied.
 */
import type { Source } from './program.ts';

/** Columns of a tile of C. */
export const TILE_COLUMNS = 64;
/** Of k. */
export const TILE_DEPTH = 16;

export type TileRows = 64 | 128;

/** A (rows: those of C) or B (rows: the columns of C). */
export type Operand = {
  /** Whether `at` yields neighbours in k or neighbouring rows. */
  along: 'k' | 'row';
  /** Body of `(row: u32, layer: u32) -> vec4i`: what can be said of a row before k is known. */
  row: string;
  /** Body of `(s: vec4i, k: u32, layer: u32) -> vec4f`: four values from that row and k on, zeros outside. */
  at: string;
  /** Functions that those need. */
  declarations?: string;
};

export type Product = {
  a: Operand;
  b: Operand;
  /** Columns of C. */
  columns: number;
  /** Body of `(layer: u32) -> vec2u`: the k to sum over, from a multiple of 16 on. */
  range: string;
  /** Body of `(row: u32, column: u32, value: vec4f, layer: u32)`: takes four neighbouring columns, or ignores them. */
  store: string;
} & Pick<Source, 'params' | 'storage' | 'declarations'>;

/** Groups that one layer of C takes. */
export function tileCount(rows: number, columns: number, tileRows: TileRows): number {
  return Math.ceil(rows / tileRows) * Math.ceil(columns / TILE_COLUMNS);
}

export function productSource(product: Product, tileRows: TileRows): Source {
  const { a, b, columns, range, store, declarations = '', ...rest } = product;
  const columnTiles = Math.ceil(columns / TILE_COLUMNS);
  const loads = [loader('a', a, tileRows, tileRows), loader('b', b, TILE_COLUMNS, tileRows)];
  const join = (part: (load: Loader) => string) => loads.map(part).join('\n');
  return {
    ...rest,
    threads: tileRows,
    declarations: `${declarations}
${join((load) => load.declarations)}
fn range(layer: u32) -> vec2u { ${range} }
fn store(row: u32, column: u32, value: vec4f, layer: u32) { ${store} }`,
    body: `
  let aFirst = group / ${columnTiles}u * ${tileRows}u;
  let bFirst = group % ${columnTiles}u * ${TILE_COLUMNS}u;
  let tx = lane % 8u;
  let ty = lane / 8u;
  ${SUMS.map((sum) => `var ${sum} = vec4f();`).join(' ')}
  ${join((load) => load.prepare)}
  let between = range(layer);
  let steps = (between.y - between.x + ${TILE_DEPTH - 1}u) / ${TILE_DEPTH}u;
  for (var step = 0u; step <= steps; step++) {
    let k = between.x + step * ${TILE_DEPTH}u;
    ${join((load) => load.fetch)}
    if (step > 0u) {
      for (var i = 0u; i < ${TILE_DEPTH}u; i++) {
        let a0 = aTile[i * ${stride(tileRows)}u + ty];
        let a1 = aTile[i * ${stride(tileRows)}u + ty + ${tileRows / 8}u];
        let b0 = bTile[i * ${stride(TILE_COLUMNS)}u + tx];
        let b1 = bTile[i * ${stride(TILE_COLUMNS)}u + tx + ${TILE_COLUMNS / 8}u];
        ${SUMS.map((sum, i) => `${sum} += a${i >> 3}[${(i >> 1) & 3}] * b${i & 1};`).join(' ')}
      }
    }
    workgroupBarrier();
    ${join((load) => load.keep)}
    workgroupBarrier();
  }
  var all = array<vec4f, 16>(${SUMS.join(', ')});
  for (var i = 0u; i < 16u; i++) {
    let row = aFirst + i / 8u * ${tileRows / 2}u + ty * 4u + i / 2u % 4u;
    store(row, bFirst + i % 2u * ${TILE_COLUMNS / 2}u + tx * 4u, all[i], layer);
  }`,
  };
}

/** A thread's sums: 8 rows of 2 vec4. Variables each, because arrays may end up outside registers. */
const SUMS = Array.from({ length: 16 }, (_, i) => `c${i}`);

/** vec4 from one k to the next in workgroup memory: odd, so that writing a block of 4×4 hits different banks. */
function stride(rows: number): number {
  return rows / 4 + 1;
}

type Loader = { declarations: string; prepare: string; fetch: string; keep: string };

/** How `threads` threads bring an operand's tile from memory into registers (`fetch`) and on (`keep`). */
function loader(name: 'a' | 'b', operand: Operand, rows: number, threads: number): Loader {
  const quads = rows / 4;
  const four = [0, 1, 2, 3];
  const declarations = `
var<workgroup> ${name}Tile: array<vec4f, ${TILE_DEPTH * stride(rows)}>;
${operand.declarations ?? ''}
fn ${name}Row(row: u32, layer: u32) -> vec4i { ${operand.row} }
fn ${name}At(s: vec4i, k: u32, layer: u32) -> vec4f { ${operand.at} }`;
  const place = (k: string, value: string) =>
    `${name}Tile[(${k}) * ${stride(rows)}u + ${name}Quad] = ${value};`;

  if (operand.along === 'row') {
    const kStep = threads / quads;
    const each = Array.from({ length: TILE_DEPTH / kStep }, (_, i) => i);
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

  // One block of 4 rows × 4 k a thread, turned on the way. Two neighbours in k share 32 bytes of a row.
  const guard = (code: string) => (threads > rows ? `if (lane < ${rows}u) { ${code} }` : code);
  const component = (k: number) => `vec4f(${four.map((i) => `${name}v${i}[${k}]`).join(', ')})`;
  return {
    declarations,
    prepare: `
  let ${name}Quad = lane / 2u % ${quads}u;
  let ${name}K = (lane % 2u + lane / ${rows / 2}u * 2u) * 4u;
  ${four.map((i) => `let ${name}State${i} = ${name}Row(${name}First + ${name}Quad * 4u + ${i}u, layer);`).join('\n')}
  ${four.map((i) => `var ${name}v${i} = vec4f();`).join(' ')}`,
    fetch: guard(
      four.map((i) => `${name}v${i} = ${name}At(${name}State${i}, k + ${name}K, layer);`).join('\n'),
    ),
    keep: guard(four.map((k) => place(`${name}K + ${k}u`, component(k))).join('\n')),
  };
}
