/**
 * The inverse DCT of 12-bit images, equal to libjpeg compiled for 12 bits (jidctint with PASS1_BITS of 1), four
 * columns at a time in 32 bits.
 */

const WORK: usize = memory.data(256, 16);
const TURNED: usize = memory.data(256, 16);
const MOST: i32 = 4095;

export function inverse12(block: usize, factors: usize, to: usize, width: usize): void {
  for (let i: usize = 0; i < 64; i++) {
    store<i32>(WORK + (i << 2), <i32>load<i16>(block + (i << 1)) * <i32>load<u16>(factors + (i << 1)));
  }
  pass(WORK, 12);
  pass(WORK + 16, 12);
  for (let y: usize = 0; y < 8; y++) {
    for (let x: usize = 0; x < 8; x++)
      store<i32>(TURNED + ((x * 8 + y) << 2), load<i32>(WORK + ((y * 8 + x) << 2)));
  }
  pass(TURNED, 17);
  pass(TURNED + 16, 17);
  for (let y: usize = 0; y < 8; y++, to += width) {
    for (let x: usize = 0; x < 8; x++) {
      const level = load<i32>(TURNED + ((x * 8 + y) << 2)) + 2048;
      store<u16>(to + (x << 1), <u16>min(max(level, 0), MOST));
    }
  }
}

function times(a: v128, factor: i32): v128 {
  return i32x4.mul(a, i32x4.splat(factor));
}

/** One dimension in place: four lanes of eight rows, 32 bytes apart. */
function pass(at: usize, shift: i32): void {
  const a0 = v128.load(at);
  const a1 = v128.load(at, 32);
  const a2 = v128.load(at, 64);
  const a3 = v128.load(at, 96);
  const a4 = v128.load(at, 128);
  const a5 = v128.load(at, 160);
  const a6 = v128.load(at, 192);
  const a7 = v128.load(at, 224);

  const round = i32x4.splat(1 << (shift - 1));
  const z1 = times(i32x4.add(a2, a6), 4433);
  const t2 = i32x4.add(z1, times(a6, -15137));
  const t3 = i32x4.add(z1, times(a2, 6270));
  const t0 = i32x4.add(i32x4.shl(i32x4.add(a0, a4), 13), round);
  const t1 = i32x4.add(i32x4.shl(i32x4.sub(a0, a4), 13), round);
  const t10 = i32x4.add(t0, t3);
  const t13 = i32x4.sub(t0, t3);
  const t11 = i32x4.add(t1, t2);
  const t12 = i32x4.sub(t1, t2);

  const z5 = times(i32x4.add(i32x4.add(a7, a3), i32x4.add(a5, a1)), 9633);
  const y1 = times(i32x4.add(a7, a1), -7373);
  const y2 = times(i32x4.add(a5, a3), -20995);
  const y3 = i32x4.add(times(i32x4.add(a7, a3), -16069), z5);
  const y4 = i32x4.add(times(i32x4.add(a5, a1), -3196), z5);
  const u0 = i32x4.add(times(a7, 2446), i32x4.add(y1, y3));
  const u1 = i32x4.add(times(a5, 16819), i32x4.add(y2, y4));
  const u2 = i32x4.add(times(a3, 25172), i32x4.add(y2, y3));
  const u3 = i32x4.add(times(a1, 12299), i32x4.add(y1, y4));

  v128.store(at, i32x4.shr_s(i32x4.add(t10, u3), shift));
  v128.store(at, i32x4.shr_s(i32x4.add(t11, u2), shift), 32);
  v128.store(at, i32x4.shr_s(i32x4.add(t12, u1), shift), 64);
  v128.store(at, i32x4.shr_s(i32x4.add(t13, u0), shift), 96);
  v128.store(at, i32x4.shr_s(i32x4.sub(t13, u0), shift), 128);
  v128.store(at, i32x4.shr_s(i32x4.sub(t12, u1), shift), 160);
  v128.store(at, i32x4.shr_s(i32x4.sub(t11, u2), shift), 192);
  v128.store(at, i32x4.shr_s(i32x4.sub(t10, u3), shift), 224);
}
