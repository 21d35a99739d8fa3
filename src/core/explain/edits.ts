/** Changes of a slice to try on a network: cropped, mirrored, blurred, inverted. The slice itself stays. */
import { resizer } from '../image/resize.ts';
import { SLICE_BYTES, SLICE_SIDE } from '../types.ts';

/** A rectangle of the slice in pixels, right and bottom exclusive. */
export type Crop = { left: number; top: number; width: number; height: number };

export type Edits = {
  /** The crop is stretched to the whole slice, like a file with that content; gray values stay. null: no crop. */
  crop: Crop | null;
  /** Swaps left and right. */
  mirrored: boolean;
  /** Swaps top and bottom. */
  flipped: boolean;
  /** Standard deviation of the Gaussian in pixels of the slice; 0: none. */
  blur: number;
  inverted: boolean;
};

export const NO_EDITS: Edits = { crop: null, mirrored: false, flipped: false, blur: 0, inverted: false };

/** Narrower ones show nothing. */
export const SMALLEST_CROP = 16;
export const LARGEST_BLUR = 8;

export function isEdited({ crop, mirrored, flipped, blur, inverted }: Edits): boolean {
  return crop !== null || mirrored || flipped || blur > 0 || inverted;
}

/** Applies edits in the order of `Edits`; the result is a new array. */
export function applyEdits(slice: Uint8Array, edits: Edits): Uint8Array<ArrayBuffer> {
  let pixels = edits.crop ? cropped(slice, edits.crop) : slice.slice();
  if (edits.mirrored || edits.flipped) pixels = turned(pixels, edits);
  if (edits.blur > 0) pixels = blurred(pixels, Math.min(edits.blur, LARGEST_BLUR));
  if (edits.inverted) pixels = pixels.map((value) => 255 - value);
  return pixels;
}

function cropped(slice: Uint8Array, crop: Crop): Uint8Array<ArrayBuffer> {
  const { left, top, width, height } = withinSlice(crop);
  const part = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * SLICE_SIDE + left;
    part.set(slice.subarray(from, from + width), y * width);
  }
  const stretched = resizer(SLICE_SIDE, false)(part, height, width);
  return rounded(stretched, 1);
}

function turned(
  pixels: Uint8Array,
  { mirrored, flipped }: Pick<Edits, 'mirrored' | 'flipped'>,
): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(SLICE_BYTES);
  const last = SLICE_SIDE - 1;
  for (let y = 0; y < SLICE_SIDE; y++) {
    for (let x = 0; x < SLICE_SIDE; x++) {
      const from = (flipped ? last - y : y) * SLICE_SIDE + (mirrored ? last - x : x);
      result[y * SLICE_SIDE + x] = pixels[from];
    }
  }
  return result;
}

/** A Gaussian cut at three standard deviations, along rows, then columns; edge pixels are repeated. */
function blurred(pixels: Uint8Array, deviation: number): Uint8Array<ArrayBuffer> {
  const reach = Math.ceil(3 * deviation);
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * deviation * deviation)),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  const lines = new Float32Array(SLICE_BYTES);
  along(pixels, lines, weights, 1, SLICE_SIDE);
  const result = new Float32Array(SLICE_BYTES);
  along(lines, result, weights, SLICE_SIDE, 1);
  return rounded(result, 1 / (sum * sum));
}

function rounded(values: Float32Array | Float64Array, scale: number): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = values[i] * scale + 0.5;
  return result;
}

function along(
  from: Uint8Array | Float32Array,
  to: Float32Array,
  weights: Float32Array,
  step: number,
  across: number,
): void {
  const reach = (weights.length - 1) / 2;
  const padded = new Float32Array(SLICE_SIDE + 2 * reach);
  for (let line = 0; line < SLICE_SIDE; line++) {
    const start = line * across;
    for (let i = 0; i < padded.length; i++) {
      const at = Math.min(SLICE_SIDE - 1, Math.max(0, i - reach));
      padded[i] = from[start + at * step];
    }
    for (let i = 0; i < SLICE_SIDE; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * padded[i + k];
      to[start + i * step] = sum;
    }
  }
}

/** Moves and clips a rectangle so that it lies in the slice and is not too narrow. */
export function withinSlice({ left, top, width, height }: Crop): Crop {
  const side = (from: number, length: number): [number, number] => {
    const size = Math.round(Math.min(SLICE_SIDE, Math.max(SMALLEST_CROP, length)));
    return [Math.round(Math.min(SLICE_SIDE - size, Math.max(0, from))), size];
  };
  const [x, w] = side(left, width);
  const [y, h] = side(top, height);
  return { left: x, top: y, width: w, height: h };
}

/** The crop for a rectangle that was drawn on the edited slice, given by shares of its width and height. */
export function cropOf(
  { crop, mirrored, flipped }: Edits,
  { u0, v0, u1, v1 }: { u0: number; v0: number; u1: number; v1: number },
): Crop {
  const shown = crop ?? { left: 0, top: 0, width: SLICE_SIDE, height: SLICE_SIDE };
  const [left, right] = ordered(u0, u1, mirrored);
  const [top, bottom] = ordered(v0, v1, flipped);
  return withinSlice({
    left: shown.left + left * shown.width,
    top: shown.top + top * shown.height,
    width: (right - left) * shown.width,
    height: (bottom - top) * shown.height,
  });
}

function ordered(a: number, b: number, turned: boolean): [number, number] {
  const [low, high] = [Math.min(a, b), Math.max(a, b)].map((share) => Math.min(1, Math.max(0, share)));
  return turned ? [1 - high, 1 - low] : [low, high];
}
