/**
 * The effect of an echo-planar train on a picture (Jezzard and Balaban, MRM 1995, 34: 65). The train reads the lines of
 * a slice one after the other, so off-resonance signal shifts along phase; it reads every second line backwards.
 */
import { voxel } from '../plane.ts';
import type { Body, Grid } from '../volume.ts';
import { fieldAt, fieldOf, shimmed } from './field.ts';
import type { MrProtocol } from './protocol.ts';

/** Gyromagnetic ratio of protons, Hz a tesla. */
export const GYROMAGNETIC = 42.577e6;
/** Parallel imaging skips every second line, as is usual for diffusion (Bammer, MRM 2001, 46: 548). */
const PARALLEL = 2;

/**
 * Shift along phase per Hz off resonance, as a share of the measured range along phase. It is the number of turns that
 * the signal gains from one line to the next. A line takes 1 / bandwidth (gradient ramps are sampled, too).
 */
export function shareOfHertz({ bandwidth }: Pick<MrProtocol, 'bandwidth'>): number {
  return 1 / bandwidth / PARALLEL;
}

/** Difference of every second line from its neighbours: a phase, and a delay in samples. */
export type Echoes = { phase: number; delay: number };

/** Ghosts of 1 to 4 %, which remain after the correction of trains (Bernstein, King, Zhou, chapter 16.1). */
export function echoesOf(uniform: () => number): Echoes {
  const sign = uniform() < 0.5 ? -1 : 1;
  return { phase: sign * (0.02 + 0.05 * uniform()), delay: 0.02 * (uniform() - 0.5) };
}

export type Parts = { re: Float32Array; im: Float32Array };
/** Layout of an object on a plane of the body: [phase][frequency], with its middle at pixel high / 2 and reach. */
export type Lay = { along: 0 | 1; wide: number; high: number; reach: number };

/** Pixels of the object between the points at which the field is read; the field changes over centimetres. */
const APART = 4;

/**
 * Moves a slice's signal to its position after an echo-planar train, and adds its fat, which shifts `fat` pixels
 * farther. The grid is that of the slice.
 */
export function distortion(
  body: Body,
  protocol: MrProtocol,
  { along, wide, high, reach }: Lay,
  fat: number,
): (grid: Grid, water: readonly Parts[], fats: readonly Parts[]) => void {
  const field = shimmed(fieldOf(body));
  // Shift in pixels of the object for a deviation equal to the whole field.
  const pixels = GYROMAGNETIC * protocol.field * shareOfHertz(protocol) * high;
  const knots = Math.ceil(high / APART) + 2;
  const shift = new Float32Array(knots);
  const edges = new Float32Array(high + 1);
  return (grid, water, fats) => {
    const step = grid.axes[along].map((share) => share * grid.spacing[along]);
    const column = emptyParts(high);
    for (let f = 0; f < wide; f++) {
      if (f % APART === 0) {
        const [x, y, z] = along === 1 ? voxel(grid, f, 0, 0) : voxel(grid, 0, f, 0);
        for (let k = 0; k < knots; k++) {
          const n = k * APART - 0.5 + reach - (high >> 1);
          shift[k] = pixels * fieldAt(field, x + n * step[0], y + n * step[1], z + n * step[2]);
        }
        // The shifted position of the edge before each pixel.
        for (let p = 0; p <= high; p++) {
          const k = Math.trunc(p / APART);
          edges[p] = p + shift[k] + ((shift[k + 1] - shift[k]) * (p % APART)) / APART;
        }
      }
      for (let n = 0; n < water.length; n++) {
        column.re.fill(0);
        column.im.fill(0);
        const wet = move(water[n], f, wide, high, edges, 0, column);
        const fatty = move(fats[n], f, wide, high, edges, fat, column);
        if (!wet && !fatty) continue;
        const { re, im } = water[n];
        for (let p = 0, to = f; p < high; p++, to += wide) {
          re[to] = column.re[p];
          im[to] = column.im[p];
        }
      }
    }
  };
}

export const emptyParts = (length: number): Parts => ({
  re: new Float32Array(length),
  im: new Float32Array(length),
});

/**
 * Distributes a column's signal over the pixels between the moved edges, and conserves it at any distance of the edges.
 * @returns whether the column has any signal
 */
function move(
  { re, im }: Parts,
  f: number,
  wide: number,
  high: number,
  edges: Float32Array,
  farther: number,
  to: Parts,
): boolean {
  let any = false;
  for (let p = 0, from = f; p < high; p++, from += wide) {
    if (re[from] === 0 && im[from] === 0) continue;
    any = true;
    const low = Math.min(edges[p], edges[p + 1]) + farther;
    const top = Math.max(edges[p], edges[p + 1]) + farther;
    const first = Math.floor(low);
    const scale = 1 / Math.max(1e-3, top - low);
    const last = Math.max(first, Math.ceil(top) - 1);
    for (let q = first; q <= last; q++) {
      const share = first === last ? 1 : (Math.min(q + 1, top) - Math.max(q, low)) * scale;
      const at = ((q % high) + high) % high;
      to.re[at] += share * re[from];
      to.im[at] += share * im[from];
    }
  }
  return any;
}
