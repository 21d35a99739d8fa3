/** The loops that are compiled (src/core/simulate/wasm), and the memory that they share. */
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
};

/** Numbers of one vector. */
export const LANES = 4;
const PAGE = 65_536;
/** First byte that is not the module's own, and how far vectors may reach beyond the end. */
const FREE = 1024;
let loaded: Kernel | null | undefined;

/** null where WebAssembly or its vectors are missing, or forbidden. */
export function kernel(): Kernel | null {
  if (loaded === undefined) {
    try {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      loaded = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Kernel;
    } catch {
      loaded = null;
    }
  }
  return loaded;
}

/** Memory for so many numbers; what stood there before is given up. */
export function floats({ memory }: Kernel, count: number): Float32Array {
  const missing = FREE * 2 + count * 4 - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  return new Float32Array(memory.buffer, FREE, count);
}
