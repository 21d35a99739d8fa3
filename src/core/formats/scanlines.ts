/** PNG's scan lines: the passes of an interlaced image, undoing the line filters, unpacking small depths. */
import { kernel, MOST_BYTES, reserve, SCRATCH } from '../image/kernel.ts';

/** A pass holds the pixels (startX + i·stepX, startY + j·stepY). */
export type PngPass = {
  startX: number;
  startY: number;
  stepX: number;
  stepY: number;
  rows: number;
  columns: number;
};

/** Adam7: start x, start y, step x, step y. https://www.w3.org/TR/png-3/#8Interlace */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export function passes(rows: number, columns: number, interlaced: boolean): PngPass[] {
  if (!interlaced) return [{ startX: 0, startY: 0, stepX: 1, stepY: 1, rows, columns }];
  return ADAM7.map(([startX, startY, stepX, stepY]) => ({
    startX,
    startY,
    stepX,
    stepY,
    rows: Math.ceil((rows - startY) / stepY),
    columns: Math.ceil((columns - startX) / stepX),
  })).filter((pass) => pass.rows > 0 && pass.columns > 0);
}

/**
 * The bytes of the lines without their filters; null for an unknown filter. `lines` holds for each line a
 * filter byte and `rowBytes` bytes. https://www.w3.org/TR/png-3/#9Filters
 */
export function unfilter(lines: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array | null {
  return unfilterFast(lines, rowBytes, pixelBytes) ?? unfilterPlain(lines, rowBytes, pixelBytes);
}

/** The same in WebAssembly; null where it can't. */
function unfilterFast(lines: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array | null {
  const fast = kernel();
  if (!fast || lines.length > MOST_BYTES) return null;
  const at = SCRATCH + rowBytes;
  reserve(fast, at + lines.length);
  const memory = new Uint8Array(fast.memory.buffer);
  memory.fill(0, SCRATCH, at);
  memory.set(lines, at);
  const rows = lines.length / (rowBytes + 1);
  return fast.unfilter(at, rows, rowBytes, pixelBytes) ? memory.slice(at, at + rows * rowBytes) : null;
}

export function unfilterPlain(lines: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array | null {
  const rows = lines.length / (rowBytes + 1);
  const out = new Uint8Array(rows * rowBytes);
  let above = new Uint8Array(rowBytes);
  for (let y = 0; y < rows; y++) {
    const start = y * (rowBytes + 1);
    const line = out.subarray(y * rowBytes, (y + 1) * rowBytes);
    line.set(lines.subarray(start + 1, start + 1 + rowBytes));
    if (!undo(lines[start], line, above, pixelBytes)) return null;
    above = line;
  }
  return out;
}

/** Undoes one line's filter in place. */
function undo(filter: number, line: Uint8Array, above: Uint8Array, bpp: number): boolean {
  const n = line.length;
  switch (filter) {
    case 0:
      return true;
    case 1:
      for (let i = bpp; i < n; i++) line[i] += line[i - bpp];
      return true;
    case 2:
      for (let i = 0; i < n; i++) line[i] += above[i];
      return true;
    case 3:
      for (let i = 0; i < bpp && i < n; i++) line[i] += above[i] >> 1;
      for (let i = bpp; i < n; i++) line[i] += (line[i - bpp] + above[i]) >> 1;
      return true;
    case 4:
      for (let i = 0; i < bpp && i < n; i++) line[i] += above[i];
      for (let i = bpp; i < n; i++) line[i] += paeth(line[i - bpp], above[i], above[i - bpp]);
      return true;
    default:
      return false;
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const byLeft = Math.abs(up - upLeft);
  const byUp = Math.abs(left - upLeft);
  const byUpLeft = Math.abs(left + up - 2 * upLeft);
  if (byLeft <= byUp && byLeft <= byUpLeft) return left;
  return byUp <= byUpLeft ? up : upLeft;
}

/** One byte a pixel from 1, 2 or 4 bits, most significant first; each line begins on a byte. */
export function unpackBits(raw: Uint8Array, { rows, columns }: PngPass, depth: number): Uint8Array {
  const out = new Uint8Array(rows * columns);
  const perByte = 8 / depth;
  const rowBytes = Math.ceil(columns / perByte);
  const mask = (1 << depth) - 1;
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const shift = 8 - depth * ((x % perByte) + 1);
      out[to++] = (raw[y * rowBytes + Math.floor(x / perByte)] >> shift) & mask;
    }
  }
  return out;
}
