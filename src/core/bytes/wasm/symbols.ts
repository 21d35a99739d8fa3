/** Meaning of deflate's symbols (RFC 1951, 3.2.5) as tables.ts encodes it, and shuffles that repeat a period. */
import { END, LITERAL, NONE } from './tables';

export const literalResults = memory.data(288 * 4, 16);
export const distanceResults = memory.data(32 * 4, 16);
/** Symbols of the code length code. */
export const orderResults = memory.data(19 * 4, 16);
/** For each distance up to 16: the shuffle that repeats its period to 16 bytes, and the length of the whole periods. */
export const periods = memory.data(17 * 16, 16);
export const strides = memory.data(17, 16);

fill();

function fill(): void {
  for (let i: u32 = 0; i < 256; i++) store<u32>(literalResults + ((<usize>i) << 2), 0x8100_0000 | (i << 8));
  store<u32>(literalResults, END, 256 * 4);
  let least: u32 = 3;
  for (let i: u32 = 0; i < 28; i++) {
    const extra = i < 8 ? 0 : (i >> 2) - 1;
    store<u32>(literalResults + ((<usize>(257 + i)) << 2), (least << 16) | extra);
    least += 1 << extra;
  }
  store<u32>(literalResults, 258 << 16, 285 * 4);
  store<u32>(literalResults, NONE, 286 * 4);
  store<u32>(literalResults, NONE, 287 * 4);
  least = 1;
  for (let i: u32 = 0; i < 30; i++) {
    const extra = i < 4 ? 0 : (i >> 1) - 1;
    store<u32>(distanceResults + ((<usize>i) << 2), (least << 16) | extra);
    least += 1 << extra;
  }
  store<u32>(distanceResults, LITERAL | NONE, 30 * 4);
  store<u32>(distanceResults, LITERAL | NONE, 31 * 4);
  for (let i: u32 = 0; i < 19; i++) store<u32>(orderResults + ((<usize>i) << 2), i << 16);
  for (let period: usize = 1; period <= 16; period++) {
    for (let i: usize = 0; i < 16; i++) store<u8>(periods + (period << 4) + i, <u8>(i % period));
    store<u8>(strides + period, <u8>(16 - (16 % period)));
  }
}
