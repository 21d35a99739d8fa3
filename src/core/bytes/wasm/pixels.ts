/**
 * Reduces interleaved pixels to one channel in place, with the arithmetic of ../../image/luminance.ts: 15-bit fixed
 * point, rounded. Reads and writes up to 16 bytes past the pixels.
 */
const RED: i16 = 9798;
const GREEN: i16 = 19235;
const BLUE: i16 = 3735;
const HALF: i16 = 16384;
const SHIFT = 15;

/** Big endian to little endian, `bytes` bytes. */
export function swap16(at: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const words = v128.load(at + i);
    v128.store(at + i, v128.shuffle<u8>(words, words, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
  }
}

/** Luminances of four pixels in 32 bits. Shuffles `bytes` into pairs (red, green) and (blue, 1). */
function fourOf3(bytes: v128): v128 {
  const zero = i8x16.splat(0);
  const one = i16x8.splat(1);
  return sum(
    v128.shuffle<u8>(bytes, zero, 0, 16, 1, 16, 3, 16, 4, 16, 6, 16, 7, 16, 9, 16, 10, 16),
    v128.shuffle<u8>(bytes, one, 2, 17, 16, 17, 5, 17, 16, 17, 8, 17, 16, 17, 11, 17, 16, 17),
  );
}

function fourOf4(bytes: v128): v128 {
  const zero = i8x16.splat(0);
  const one = i16x8.splat(1);
  return sum(
    v128.shuffle<u8>(bytes, zero, 0, 16, 1, 16, 4, 16, 5, 16, 8, 16, 9, 16, 12, 16, 13, 16),
    v128.shuffle<u8>(bytes, one, 2, 17, 16, 17, 6, 17, 16, 17, 10, 17, 16, 17, 14, 17, 16, 17),
  );
}

function sum(redGreen: v128, blueOne: v128): v128 {
  const weights = i16x8(RED, GREEN, RED, GREEN, RED, GREEN, RED, GREEN);
  const others = i16x8(BLUE, HALF, BLUE, HALF, BLUE, HALF, BLUE, HALF);
  return i32x4.add(i32x4.dot_i16x8_s(redGreen, weights), i32x4.dot_i16x8_s(blueOne, others));
}

/** Pixels of three or four bytes. */
export function gray8(at: usize, pixels: usize, samples: usize): void {
  let from = at;
  const end = at + pixels;
  for (let to = at; to < end; to += 16) {
    const quarter = samples << 2;
    const a = v128.load(from);
    const b = v128.load(from + quarter);
    const c = v128.load(from + 2 * quarter);
    const d = v128.load(from + 3 * quarter);
    from += quarter << 2;
    const low = samples === 3 ? narrow(fourOf3(a), fourOf3(b)) : narrow(fourOf4(a), fourOf4(b));
    const high = samples === 3 ? narrow(fourOf3(c), fourOf3(d)) : narrow(fourOf4(c), fourOf4(d));
    v128.store(to, i8x16.narrow_i16x8_u(low, high));
  }
}

function narrow(a: v128, b: v128): v128 {
  return i16x8.narrow_i32x4_u(i32x4.shr_u(a, SHIFT), i32x4.shr_u(b, SHIFT));
}

/** Pixels of three or four words, one at a time: they are rare. */
export function gray16(at: usize, pixels: usize, samples: usize): void {
  let from = at;
  const step = samples << 1;
  const end = at + (pixels << 1);
  for (let to = at; to < end; to += 2) {
    const red = <u32>load<u16>(from) * <u32>RED;
    const green = <u32>load<u16>(from, 2) * <u32>GREEN;
    const blue = <u32>load<u16>(from, 4) * <u32>BLUE;
    store<u16>(to, <u16>((red + green + blue + <u32>HALF) >> SHIFT));
    from += step;
  }
}

/** Keeps the first of two bytes; the other is alpha. */
export function first8(at: usize, pixels: usize): void {
  const mask = i16x8.splat(255);
  for (let i: usize = 0; i < pixels; i += 16) {
    const a = v128.and(v128.load(at + 2 * i), mask);
    const b = v128.and(v128.load(at + 2 * i, 16), mask);
    v128.store(at + i, i8x16.narrow_i16x8_u(a, b));
  }
}

/** Keeps the first of two words. */
export function first16(at: usize, pixels: usize): void {
  for (let i: usize = 0; i < pixels; i += 8) {
    const a = v128.load(at + 4 * i);
    const b = v128.load(at + 4 * i, 16);
    v128.store(at + 2 * i, v128.shuffle<u16>(a, b, 0, 2, 4, 6, 8, 10, 12, 14));
  }
}
