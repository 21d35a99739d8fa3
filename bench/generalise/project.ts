/** Radiographs from CT: a stack of slices in Hounsfield units seen through from the side. Pure. */
import { type Original, originalOf } from './original.ts';

/** Directions in degrees: from the front, from the side, and between. */
export const DIRECTIONS_DEG = [0, 20, 45, 90, 110, 135] as const;

/** Denser than this is bone, whose calcium takes more of soft X-rays than its Hounsfield units say. */
const BONE_HU = 150;
const BONE_FACTOR = 1.6;

export type Stack = {
  /** `side`² values each, from one end of the patient to the other. */
  slices: readonly Float32Array[];
  side: number;
};

/** Bright where much is in the way, as a radiograph is shown. Null if nothing is. */
export function projected({ slices, side }: Stack, directionDeg: number): Original | null {
  const angle = (directionDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const middle = (side - 1) / 2;
  const sums = new Float32Array(slices.length * side);
  slices.forEach((slice, row) => {
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const share = attenuation(slice[y * side + x]);
        if (share === 0) continue;
        const at = middle + (x - middle) * cos + (y - middle) * sin;
        const left = Math.floor(at);
        if (left < 0 || left >= side - 1) continue;
        sums[row * side + left] += share * (left + 1 - at);
        sums[row * side + left + 1] += share * (at - left);
      }
  });
  const thick =
    sums.reduce((sum, value) => sum + value, 0) / Math.max(1, sums.filter((value) => value > 0).length);
  if (!(thick > 0)) return null;
  return originalOf({
    index: 0,
    rows: slices.length,
    columns: side,
    values: sums.map((value) => 1 - Math.exp(-value / thick)),
    slope: 1,
    intercept: 0,
    instanceNumber: null,
  });
}

/** In multiples of water's. */
function attenuation(hu: number): number {
  const share = Math.max(0, (hu + 1000) / 1000);
  // Air's noise adds up over hundreds of pixels.
  if (share < 0.1) return 0;
  return hu > BONE_HU ? share * BONE_FACTOR : share;
}
