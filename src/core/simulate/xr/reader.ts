/** Interpolates the lattice of paths at the detector's finer pixels. */
import type { Paths } from './project.ts';
import type { XrProtocol } from './protocol.ts';

/**
 * Returns a function that gives a detector row; the next call overwrites the row. Mitchell–Netravali cubic (SIGGRAPH
 * 1988, B = C = 1/3): it shows neither steps nor ringing. Outside the lattice the value is 0.
 */
export function reader(
  { values, columns: wide, rows: high, pitch: lattice, start }: Paths,
  { rows, columns, pitch }: Pick<XrProtocol, 'rows' | 'columns' | 'pitch'>,
): (row: number) => Float32Array {
  const first = new Int32Array(columns);
  const shares = new Float32Array(columns * 4);
  for (let x = 0; x < columns; x++) {
    const u = ((x - (columns - 1) / 2) * pitch - start[0]) / lattice;
    const i = Math.floor(u);
    // Point i of the lattice is i + 2 of `mixed`; −1 marks pixels outside the lattice.
    first[x] = i < -2 || i > wide ? -1 : i + 1;
    shares.set(mitchell(u - i), x * 4);
  }
  const mixed = new Float32Array(wide + 5);
  const out = new Float32Array(columns);
  return (row) => {
    const v = ((row - (rows - 1) / 2) * pitch - start[1]) / lattice;
    const j = Math.floor(v);
    out.fill(0);
    if (j < -2 || j > high) return out;
    mixed.fill(0);
    mitchell(v - j).forEach((share, n) => {
      const y = j - 1 + n;
      if (y >= 0 && y < high) addRow(mixed, values, y * wide, wide, share);
    });
    mix(out, mixed, first, shares);
    return out;
  };
}

// The loops capture nothing, so that the engine compiles them once for all pictures.

function addRow(mixed: Float32Array, values: Float32Array, from: number, count: number, share: number): void {
  for (let x = 0; x < count; x++) mixed[x + 2] += share * values[from + x];
}

function mix(out: Float32Array, mixed: Float32Array, first: Int32Array, shares: Float32Array): void {
  for (let x = 0; x < out.length; x++) {
    const at = first[x];
    if (at < 0) continue;
    const n = x * 4;
    out[x] =
      shares[n] * mixed[at] +
      shares[n + 1] * mixed[at + 1] +
      shares[n + 2] * mixed[at + 2] +
      shares[n + 3] * mixed[at + 3];
  }
}

/** Weights of the four neighbours of a point at t beyond the second. */
function mitchell(t: number): number[] {
  return [1 + t, t, 1 - t, 2 - t].map((x) =>
    x < 1 ? (7 * x ** 3 - 12 * x ** 2 + 16 / 3) / 6 : ((-7 / 3) * x ** 3 + 12 * x ** 2 - 20 * x + 32 / 3) / 6,
  );
}
