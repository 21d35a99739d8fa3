/** What becomes of a slice when it is stored again: mirrored, turned, resized, windowed, inverted, as a JPEG. */
import { type Random, random } from '../../src/core/random.ts';
import { SLICE_SIDE as SIDE, SLICE_BYTES } from '../../src/core/types.ts';

/** As `ingest` stores them: from 0 to 255. */
export function stretched(pixels: Uint8Array): Uint8Array {
  let [low, high] = [255, 0];
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] < low) low = pixels[i];
    if (pixels[i] > high) high = pixels[i];
  }
  return high > low ? toned(pixels, (value) => ((value - low) * 255) / (high - low)) : pixels;
}

export function toned(pixels: Uint8Array, tone: (value: number) => number): Uint8Array {
  const table = Uint8Array.from({ length: 256 }, (_, value) => byte(tone(value)));
  const toned = new Uint8Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) toned[i] = table[pixels[i]];
  return toned;
}

/** Bit 4: rows and columns change places first; bit 1 mirrors left and right, bit 2 top and bottom. */
export function flipped(pixels: Uint8Array, symmetry: number): Uint8Array {
  return Uint8Array.from({ length: SLICE_BYTES }, (_, at) => {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    const column = symmetry & 1 ? SIDE - 1 - x : x;
    const row = symmetry & 2 ? SIDE - 1 - y : y;
    return pixels[symmetry & 4 ? column * SIDE + row : row * SIDE + column];
  });
}

export function inverted(pixels: Uint8Array): Uint8Array {
  return pixels.map((value) => 255 - value);
}

export function windowed(pixels: Uint8Array, low: number, high: number): Uint8Array {
  return stretched(toned(pixels, (value) => ((value - low) * 255) / (high - low)));
}

export function resized(pixels: Uint8Array, side: number): Uint8Array {
  const small = bilinear(pixels, SIDE, side).map(byte);
  return stretched(Uint8Array.from(bilinear(small, side, SIDE), byte));
}

/** Without a margin, in pixels. */
export function cropped(pixels: Uint8Array, margin: number): Uint8Array {
  const side = SIDE - 2 * margin;
  const inner = Float32Array.from({ length: side * side }, (_, at) => {
    return pixels[(Math.floor(at / side) + margin) * SIDE + (at % side) + margin];
  });
  return stretched(Uint8Array.from(bilinear(inner, side, SIDE), byte));
}

/** Quantisation of luminance (ITU-T T.81, table K.1), row by row. */
const QUANTISATION = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
/** The DCT of 8 values (T.81, A.3.3): entry 8·u + x. */
const COSINES = Float64Array.from({ length: 64 }, (_, at) => {
  const [u, x] = [at >> 3, at & 7];
  return (u === 0 ? Math.SQRT1_2 / 2 : 0.5) * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/**
 * What a JPEG of this size and quality keeps: its blocks, quantised; no file is written.
 * @param side a multiple of 8
 */
export function asJpeg(pixels: Uint8Array, side: number, quality: number): Uint8Array {
  const small = bilinear(pixels, SIDE, side);
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  const steps = QUANTISATION.map((step) => Math.max(1, Math.floor((step * scale + 50) / 100)));
  const block = new Float64Array(64);
  for (let top = 0; top < side; top += 8)
    for (let left = 0; left < side; left += 8) {
      for (let i = 0; i < 64; i++) block[i] = byte(small[(top + (i >> 3)) * side + left + (i & 7)]) - 128;
      transformed(block, false).forEach((value, i) => {
        block[i] = Math.round(value / steps[i]) * steps[i];
      });
      transformed(block, true).forEach((value, i) => {
        small[(top + (i >> 3)) * side + left + (i & 7)] = byte(value + 128);
      });
    }
  return stretched(Uint8Array.from(bilinear(small, side, SIDE), byte));
}

function transformed(block: Float64Array, back: boolean): Float64Array {
  const half = new Float64Array(64);
  const whole = new Float64Array(64);
  const factor = (to: number, from: number) => COSINES[back ? from * 8 + to : to * 8 + from];
  for (let y = 0; y < 8; y++)
    for (let to = 0; to < 8; to++)
      for (let from = 0; from < 8; from++) half[y * 8 + to] += factor(to, from) * block[y * 8 + from];
  for (let x = 0; x < 8; x++)
    for (let to = 0; to < 8; to++)
      for (let from = 0; from < 8; from++) whole[to * 8 + x] += factor(to, from) * half[from * 8 + x];
  return whole;
}

/** Draws of noise, of which each slice takes a stretch: drawing is slower than all the rest. */
const GRAINS = 2 ** 20;
let grains: Float32Array | null = null;

/** Nearly normal, of variance 1. */
function drawGrains(): Float32Array {
  const uniform = random(1, GRAINS);
  return Float32Array.from({ length: GRAINS }, () => {
    const draw = uniform.integer(2 ** 32);
    return ((draw & 0xffff) / 65536 + (draw >>> 16) / 65536 - 1) * 2.4;
  });
}

/** Eighths of a pixel. */
const PART = 8;

/** Another body of the same kind: bent, turned, scaled, with other tones; the same for all slices of a series. */
export function anotherBody(draw: Random): (pixels: Uint8Array, noise: Random) => Uint8Array {
  const angle = draw.between(-0.15, 0.15);
  const scale = draw.between(0.88, 1.12);
  const waves = Array.from({ length: 6 }, () => ({
    x: draw.integer(3) + 0.5,
    y: draw.integer(3) + 0.5,
    phase: draw.between(0, 6.28),
    size: draw.between(2.5, 6),
  }));
  const gamma = draw.between(0.8, 1.25);
  const tones = Float32Array.from({ length: 256 }, (_, value) => 255 * (value / 255) ** gamma);
  const sigma = draw.between(1.5, 5);
  const [sine, cosine] = [Math.sin(angle) / scale, Math.cos(angle) / scale];
  // sin(a + b) of the sums of a row's and a column's angle.
  const turn = (along: number, of: (value: number) => number, phase: number) =>
    Float32Array.from({ length: SIDE }, (_, at) => of((6.28 * along * at) / SIDE + phase));
  const bends = waves.map(({ x, y, phase, size }) => ({
    size,
    sineX: turn(x, Math.sin, 0),
    cosineX: turn(x, Math.cos, 0),
    sineY: turn(y, Math.sin, phase),
    cosineY: turn(y, Math.cos, phase),
  }));
  /** The upper left of four pixels, and how much of the right and the lower ones. */
  const from = new Uint16Array(SLICE_BYTES);
  const parts = new Uint8Array(SLICE_BYTES);
  for (let y = 0, at = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++, at++) {
      const [u, v] = [x - SIDE / 2, y - SIDE / 2];
      let [a, b] = [cosine * u - sine * v + SIDE / 2, sine * u + cosine * v + SIDE / 2];
      for (let i = 0; i < bends.length; i++) {
        const { size, sineX, cosineX, sineY, cosineY } = bends[i];
        const bend = size * (sineX[x] * cosineY[y] + cosineX[x] * sineY[y]);
        if (i & 1) a += bend;
        else b += bend;
      }
      const column = Math.round(Math.min(SIDE - 1.2, Math.max(0, a)) * PART);
      const row = Math.round(Math.min(SIDE - 1.2, Math.max(0, b)) * PART);
      from[at] = Math.floor(row / PART) * SIDE + Math.floor(column / PART);
      parts[at] = (column % PART) * PART + (row % PART);
    }
  return (pixels, noise) => {
    grains ??= drawGrains();
    const start = noise.integer(GRAINS - SLICE_BYTES);
    const bent = new Uint8Array(SLICE_BYTES);
    for (let at = 0; at < SLICE_BYTES; at++) {
      const p = from[at];
      const right = parts[at] >> 3;
      const lower = parts[at] & 7;
      const above = pixels[p] * (PART - right) + pixels[p + 1] * right;
      const below = pixels[p + SIDE] * (PART - right) + pixels[p + SIDE + 1] * right;
      const value = tones[(above * (PART - lower) + below * lower + 32) >> 6] + sigma * grains[start + at];
      bent[at] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
    }
    return stretched(bent);
  };
}

function byte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : Math.round(value);
}

function sampled(picture: ArrayLike<number>, side: number, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [Math.min(side - 1, left + 1), Math.min(side - 1, top + 1)];
  const [a, b] = [x - left, y - top];
  const above = picture[top * side + left] * (1 - a) + picture[top * side + right] * a;
  const below = picture[bottom * side + left] * (1 - a) + picture[bottom * side + right] * a;
  return above * (1 - b) + below * b;
}

function bilinear(picture: ArrayLike<number>, from: number, to: number): Float32Array {
  const place = (at: number) => Math.min(from - 1, Math.max(0, ((at + 0.5) * from) / to - 0.5));
  return Float32Array.from({ length: to * to }, (_, at) =>
    sampled(picture, from, place(at % to), place(Math.floor(at / to))),
  );
}
