/**
 * Histograms of oriented gradients (Dalal and Triggs 2005): nine directions in 4×4 cells, normalised in blocks of 2×2;
 * defined as in scikit-image's hog with L2-Hys.
 */
const ORIENTATIONS = 9;
const CELLS = 4;
const BLOCK = 2;
const BLOCKS = CELLS - BLOCK + 1;
const BLOCK_WIDTH = BLOCK * BLOCK * ORIENTATIONS;
export const GRADIENTS_WIDTH = BLOCKS * BLOCKS * BLOCK_WIDTH;
/** Of L2-Hys: keeps a block without edges from dividing by 0, and the largest share of one direction. */
const EPSILON = 1e-5;
const CLIP = 0.2;

/** @param side a multiple of 4 */
export function gradients(pixels: Uint8Array, side: number): Float64Array {
  const cells = cellHistograms(pixels, side);
  const found = new Float64Array(GRADIENTS_WIDTH);
  for (let block = 0; block < BLOCKS * BLOCKS; block++) {
    const [top, left] = [Math.floor(block / BLOCKS), block % BLOCKS];
    const values = found.subarray(block * BLOCK_WIDTH, (block + 1) * BLOCK_WIDTH);
    for (let y = 0; y < BLOCK; y++) {
      const from = ((top + y) * CELLS + left) * ORIENTATIONS;
      values.set(cells.subarray(from, from + BLOCK * ORIENTATIONS), y * BLOCK * ORIENTATIONS);
    }
    normalise(values);
    for (let i = 0; i < BLOCK_WIDTH; i++) values[i] = Math.min(CLIP, values[i]);
    normalise(values);
  }
  return found;
}

/** The mean gradient of each cell in each direction; the outermost pixels have none across the border. */
function cellHistograms(pixels: Uint8Array, side: number): Float64Array {
  const cell = side / CELLS;
  const cells = new Float64Array(CELLS * CELLS * ORIENTATIONS);
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at++) {
      const down = y > 0 && y < side - 1 ? pixels[at + side] - pixels[at - side] : 0;
      const right = x > 0 && x < side - 1 ? pixels[at + 1] - pixels[at - 1] : 0;
      if (down === 0 && right === 0) continue;
      const degrees = ((Math.atan2(down, right) * 180) / Math.PI + 180) % 180;
      const bin = Math.min(ORIENTATIONS - 1, Math.floor((degrees * ORIENTATIONS) / 180));
      const place = Math.floor(y / cell) * CELLS + Math.floor(x / cell);
      cells[place * ORIENTATIONS + bin] += Math.sqrt(down * down + right * right) / (cell * cell);
    }
  }
  return cells;
}

function normalise(values: Float64Array): void {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) + EPSILON * EPSILON);
  for (let i = 0; i < values.length; i++) values[i] /= length;
}
