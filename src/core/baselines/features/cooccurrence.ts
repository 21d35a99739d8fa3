/**
 * Haralick's texture features (1973) of grey-level co-occurrence: how often two of 32 levels lie one or three pixels apart,
 * averaged over four directions; defined as in scikit-image's graycomatrix and graycoprops.
 */
const LEVELS = 32;
const DISTANCES = [1, 3] as const;
const PROPERTIES = 6;
export const COOCCURRENCE_WIDTH = DISTANCES.length * PROPERTIES;

/** Contrast, dissimilarity, homogeneity, second moment, correlation, entropy; for each distance. */
export function cooccurrence(pixels: Uint8Array, side: number): Float64Array {
  const found = new Float64Array(COOCCURRENCE_WIDTH);
  const counts = new Float64Array(LEVELS * LEVELS);
  DISTANCES.forEach((distance, at) => {
    const diagonal = Math.round(distance * Math.SQRT1_2);
    const steps = [
      [0, distance],
      [diagonal, diagonal],
      [distance, 0],
      [diagonal, -diagonal],
    ] as const;
    for (const [down, right] of steps) {
      countPairs(pixels, side, down, right, counts);
      properties(counts).forEach((value, i) => {
        found[at * PROPERTIES + i] += value / steps.length;
      });
    }
  });
  return found;
}

/** Both orders of a pair count; the shares add up to 1. */
function countPairs(
  pixels: Uint8Array,
  side: number,
  down: number,
  right: number,
  counts: Float64Array,
): void {
  counts.fill(0);
  const [from, to] = [Math.max(0, -right), side - Math.max(0, right)];
  for (let y = 0; y < side - down; y++) {
    for (let x = from, at = y * side + from; x < to; x++, at++) {
      const a = pixels[at] >> 3;
      const b = pixels[at + down * side + right] >> 3;
      counts[a * LEVELS + b]++;
      counts[b * LEVELS + a]++;
    }
  }
  const total = 2 * (side - down) * Math.max(0, to - from);
  if (total > 0) for (let at = 0; at < counts.length; at++) counts[at] /= total;
}

function properties(shares: Float64Array): number[] {
  let [contrast, dissimilarity, homogeneity, moment, entropy, mean, square, product] = [
    0, 0, 0, 0, 0, 0, 0, 0,
  ];
  for (let i = 0, at = 0; i < LEVELS; i++) {
    for (let j = 0; j < LEVELS; j++, at++) {
      const p = shares[at];
      if (p === 0) continue;
      const difference = Math.abs(i - j);
      contrast += p * difference * difference;
      dissimilarity += p * difference;
      homogeneity += p / (1 + difference * difference);
      moment += p * p;
      entropy -= p * Math.log(p);
      mean += p * i;
      square += p * i * i;
      product += p * i * j;
    }
  }
  // Symmetric: rows and columns have one mean and one deviation.
  const variance = square - mean * mean;
  const correlation = variance < 1e-12 ? 1 : (product - mean * mean) / variance;
  return [contrast, dissimilarity, homogeneity, moment, correlation, entropy];
}
