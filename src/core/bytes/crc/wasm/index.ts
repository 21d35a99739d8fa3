/**
 * Shortens a message without changing its CRC-32, sixteen bytes at a time. 1 + x^79 + x^85 + x^123 + x^186 + x^203 is a
 * multiple of the CRC's polynomial, and so is its 128th power, which has the same terms 128 times as far apart: over
 * GF(2), p(x)^128 = p(x^128). So a block of 128 bits may be removed if it is added to five later blocks.
 */

/** Distances in bytes: 203 blocks minus each exponent. */
const FARTHEST: usize = 203 * 16;

/** Folds all blocks into the last 203; `bytes` is a multiple of 16. */
export function fold(at: usize, bytes: usize): void {
  const end = at + bytes - FARTHEST;
  for (; at < end; at += 16) {
    const block = v128.load(at);
    add(at + 17 * 16, block);
    add(at + 80 * 16, block);
    add(at + 118 * 16, block);
    add(at + 124 * 16, block);
    add(at + FARTHEST, block);
  }
}

function add(at: usize, block: v128): void {
  v128.store(at, v128.xor(v128.load(at), block));
}

/** First free byte of the memory. */
export function free(): usize {
  return __heap_base;
}
