/** PNG's line filters as the specification writes them, put on and taken off. https://www.w3.org/TR/png-3/#9Filters */

/** `raw` with a filter byte before each line; `filters` are those of the lines. */
export function filtered(raw: Uint8Array, filters: readonly number[], pixelBytes: number): Uint8Array {
  const rowBytes = raw.length / filters.length;
  const lines = new Uint8Array(raw.length + filters.length);
  for (let y = 0; y < filters.length; y++) {
    lines[y * (rowBytes + 1)] = filters[y];
    for (let x = 0; x < rowBytes; x++) {
      const at = y * rowBytes + x;
      lines[y * (rowBytes + 1) + 1 + x] = raw[at] - guess(raw, at, x, rowBytes, filters[y], pixelBytes);
    }
  }
  return lines;
}

/** The bytes of `lines` without their filters. */
export function unfiltered(lines: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array {
  const rows = lines.length / (rowBytes + 1);
  const raw = new Uint8Array(rows * rowBytes);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < rowBytes; x++) {
      const at = y * rowBytes + x;
      const filter = lines[y * (rowBytes + 1)];
      raw[at] = lines[y * (rowBytes + 1) + 1 + x] + guess(raw, at, x, rowBytes, filter, pixelBytes);
    }
  }
  return raw;
}

function guess(raw: Uint8Array, at: number, x: number, rowBytes: number, filter: number, pixelBytes: number) {
  const left = x < pixelBytes ? 0 : raw[at - pixelBytes];
  const up = at < rowBytes ? 0 : raw[at - rowBytes];
  const upLeft = x < pixelBytes || at < rowBytes ? 0 : raw[at - rowBytes - pixelBytes];
  return [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter];
}

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}
