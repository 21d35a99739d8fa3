/** What deflate's symbols mean (RFC 1951, 3.2.5), as tables.ts writes it, and how a period is repeated. */
import { END, LITERAL, NONE } from './tables';

export const literalResults = memory.data(288 * 4, 16);
export const distanceResults = memory.data(32 * 4, 16);
/** Of the code of lengths. */
export const orderResults = memory.data(19 * 4, 16);
/** For each distance up to 16: the bytes of its period repeated to 16, and how far whole periods reach. */
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
