/** The compiled loops (src/core/simulate/wasm), and their shared memory. */

import * as wasm from '../wasm.ts';
import { noiseTile, TILE_CELLS } from './noise.ts';
import { base64 } from './wasm/build/kernel.ts';

/** Numbers without a unit are addresses and counts. */
export type Kernel = {
  memory: WebAssembly.Memory;
  project(images: number, size: number, rays: number, views: number, sinogram: number, bins: number): void;
  backproject(
    sinogram: number,
    bins: number,
    views: number,
    count: number,
    image: number,
    columns: number,
    rows: number,
  ): void;
  transform(
    re: number,
    im: number,
    spareRe: number,
    spareIm: number,
    table: number,
    length: number,
    inner: number,
    scale: number,
  ): void;
  transpose(from: number, to: number, rows: number, columns: number): void;
  textures(
    tile: number,
    table: number,
    steps: number,
    tissue: number,
    texture: number,
    ni: number,
    nj: number,
    nk: number,
    ox: number,
    oy: number,
    oz: number,
  ): void;
  follow(
    numbers: number,
    shape: number,
    slope: number,
    wall: number,
    view: number,
    columns: number,
    rows: number,
    out: number,
  ): void;
  weigh(
    values: number,
    outer: number,
    length: number,
    inner: number,
    weights: number,
    reach: number,
    wide: number,
  ): void;
  tubes(first: number, count: number, view: number, out: number): void;
  paint(numbers: number, from: number, to: number, grid: number, tile: number, tissue: number): void;
};

/** The callbacks of the painter: the distance to a shape, and a tissue (src/core/simulate/painter.ts). */
type Ask = (shape: number, x: number, y: number, z: number) => number;
type AskRule = (rule: number, x: number, y: number, z: number, depth: number) => number;

/** Numbers of one vector. */
export const LANES = 4;
/** Addresses: the noise tile follows the module's own memory; the kept numbers follow the tile. */
export const TILE = 1024;
const KEPT = TILE + 4 * TILE_CELLS;
/** Bytes that vectors may read beyond the end. */
const SPARE = 1024;
let loaded: Kernel | null | undefined;
let kept: Float64Array | null = null;
/** First byte after the kept numbers. */
let free = KEPT;

let ask: Ask = () => 0;
let askRule: AskRule = () => -1;
/** The functions that compiled code calls, by the file that calls them. */
const asking = {
  rules: { atan2: Math.atan2 },
  shapes: {
    sin: Math.sin,
    pow: Math.pow,
    ask: (shape: number, x: number, y: number, z: number) => ask(shape, x, y, z),
  },
  painting: {
    ask: (rule: number, x: number, y: number, z: number, depth: number) => askRule(rule, x, y, z, depth),
  },
};

/** Sets the functions behind the painter's callbacks. */
export function answer(shapes: Ask, rules: AskRule): void {
  ask = shapes;
  askRule = rules;
}

/** null where WebAssembly or its vectors are missing or forbidden. */
export function kernel(): Kernel | null {
  if (loaded === undefined) {
    try {
      loaded = wasm.instantiate<Kernel>(base64, asking);
      reach(loaded, KEPT);
      new Float32Array(loaded.memory.buffer, TILE).set(noiseTile());
    } catch {
      loaded = null;
    }
  }
  return loaded;
}

function reach({ memory }: Kernel, end: number): void {
  wasm.reserve(memory, end + SPARE);
}

/** Address of numbers that stay in memory until the next different `numbers`: frequent numbers are copied once. */
export function keep(module: Kernel, numbers: Float64Array): number {
  if (numbers !== kept) {
    free = KEPT + 16 * Math.ceil(numbers.length / 2);
    reach(module, free);
    new Float64Array(module.memory.buffer, KEPT).set(numbers);
    kept = numbers;
  }
  return KEPT;
}

/** Memory for `count` numbers; its previous content is lost. */
export function floats(module: Kernel, count: number): Float32Array {
  reach(module, free + count * 4);
  return new Float32Array(module.memory.buffer, free, count);
}
