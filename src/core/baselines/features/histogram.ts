/** The grey-level histogram: the share of pixels in each of 32 equal ranges. */
export const HISTOGRAM_WIDTH = 32;

export function histogram(pixels: Uint8Array): Float64Array {
  const shares = new Float64Array(HISTOGRAM_WIDTH);
  for (const value of pixels) shares[value >> 3]++;
  return shares.map((n) => n / pixels.length);
}
