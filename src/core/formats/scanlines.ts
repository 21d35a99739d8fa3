/** PNG's scan lines: the passes of an interlaced image, unpacking small depths. wasm/lines.ts undoes their filters. */
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

/** One byte per pixel from 1, 2 or 4 bits, most significant first; each line begins on a byte. */
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
