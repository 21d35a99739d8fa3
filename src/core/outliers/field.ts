/** Smooth random fields: noise of a few octaves, each a grid of numbers between which it is interpolated. */
import type { Canvas } from '../augment/canvas.ts';
import type { Random } from '../random.ts';

/**
 * Adds to `pixels` the octaves from `coarsest` to `finest` cells of a side, each weaker than the one before by `decay`.
 */
export function addField(
  { side, pixels }: Pick<Canvas, 'side' | 'pixels'>,
  draw: Random,
  { coarsest, finest, decay }: { coarsest: number; finest: number; decay: number },
): void {
  let weight = 1;
  for (let cells = coarsest; cells <= Math.min(finest, side); cells *= 2, weight *= decay)
    addOctave(pixels, side, cells, weight, draw);
}

function addOctave(pixels: Float32Array, side: number, cells: number, weight: number, draw: Random): void {
  const across = cells + 2;
  const grid = Float32Array.from({ length: across * across }, () => draw.uniform() - 0.5);
  const [shiftX, shiftY] = [draw.uniform(), draw.uniform()];
  for (let y = 0; y < side; y++) {
    const gy = (y * cells) / side + shiftY;
    const top = Math.floor(gy);
    const ty = smooth(gy - top);
    for (let x = 0; x < side; x++) {
      const gx = (x * cells) / side + shiftX;
      const left = Math.floor(gx);
      const tx = smooth(gx - left);
      const at = top * across + left;
      const upper = grid[at] + (grid[at + 1] - grid[at]) * tx;
      const under = grid[at + across] + (grid[at + across + 1] - grid[at + across]) * tx;
      pixels[y * side + x] += weight * (upper + (under - upper) * ty);
    }
  }
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

/** Cells of a side of what is repeated by `repeatedNoise`. */
const REPEAT = 32;

/** Smooth noise of one octave at any point, from −0.5 to 0.5: a cell is 1 wide, and 32 of them are repeated. */
export function repeatedNoise(draw: Random): (x: number, y: number) => number {
  const grid = Float32Array.from({ length: REPEAT * REPEAT }, () => draw.uniform() - 0.5);
  const wrap = REPEAT - 1;
  return (x, y) => {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [tx, ty] = [smooth(x - left), smooth(y - top)];
    const [row, next] = [(top & wrap) * REPEAT, ((top + 1) & wrap) * REPEAT];
    const [column, right] = [left & wrap, (left + 1) & wrap];
    const upper = grid[row + column] + (grid[row + right] - grid[row + column]) * tx;
    const under = grid[next + column] + (grid[next + right] - grid[next + column]) * tx;
    return upper + (under - upper) * ty;
  };
}

/** Octaves of a noise, each of half the size and `decay` times as strong. */
export function octaves(
  noise: (x: number, y: number) => number,
  x: number,
  y: number,
  { count, decay }: { count: number; decay: number },
): number {
  let [sum, weight, scale] = [0, 1, 1];
  for (let i = 0; i < count; i++, weight *= decay, scale *= 2)
    // Shifted, so that the octaves' grids do not coincide.
    sum += weight * noise(x * scale + 7.3 * i, y * scale + 3.1 * i);
  return sum;
}
