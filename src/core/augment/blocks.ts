/** What JPEG leaves of a picture: its 8×8 blocks' cosine coefficients, rounded. */
import type { Change } from './canvas.ts';

const BLOCK = 8;
/** Orthonormal DCT-II: coefficient k of sample x. */
const COSINES = Float32Array.from({ length: BLOCK * BLOCK }, (_, i) => {
  const [k, x] = [Math.floor(i / BLOCK), i % BLOCK];
  return Math.sqrt((k === 0 ? 1 : 2) / BLOCK) * Math.cos((Math.PI * (x + 0.5) * k) / BLOCK);
});

/** @param most largest step of the coefficients, of the range from 0 to 1; it grows with the frequency */
export const blocks =
  (most: number): Change =>
  ({ side, pixels }, draw) => {
    const step = draw.between(most / 8, most);
    const block = new Float32Array(BLOCK * BLOCK);
    const half = new Float32Array(BLOCK * BLOCK);
    // Sides that are no multiple of eight keep their last lines.
    for (let top = 0; top + BLOCK <= side; top += BLOCK)
      for (let left = 0; left + BLOCK <= side; left += BLOCK) {
        for (let i = 0; i < block.length; i++) block[i] = pixels[(top + (i >> 3)) * side + left + (i & 7)];
        turn(block, half, false);
        turn(half, block, false);
        for (let i = 0; i < block.length; i++) {
          const own = step * (1 + ((i >> 3) + (i & 7)) / 2);
          block[i] = Math.round(block[i] / own) * own;
        }
        turn(block, half, true);
        turn(half, block, true);
        for (let i = 0; i < block.length; i++) pixels[(top + (i >> 3)) * side + left + (i & 7)] = block[i];
      }
  };

/** Transforms each row and writes it as a column: twice gives the transform of both axes. */
function turn(from: Float32Array, to: Float32Array, inverse: boolean): void {
  for (let row = 0; row < BLOCK; row++)
    for (let k = 0; k < BLOCK; k++) {
      let sum = 0;
      for (let x = 0; x < BLOCK; x++)
        sum += from[row * BLOCK + x] * COSINES[inverse ? x * BLOCK + k : k * BLOCK + x];
      to[k * BLOCK + row] = sum;
    }
}
