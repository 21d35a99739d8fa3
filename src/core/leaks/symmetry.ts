/** The eight symmetries of a square: a copy may be mirrored or turned by quarters. */

/** Bit 4: rows and columns change places first; then bit 1 mirrors left and right, bit 2 top and bottom. */
export const SYMMETRIES = 8;
export const MIRROR_X = 1;
export const MIRROR_Y = 2;
export const TRANSPOSE = 4;

/** What turns a picture back. Only quarter turns, an exchange and one mirroring, are not their own inverse. */
export function inverseOf(symmetry: number): number {
  if (symmetry === (TRANSPOSE | MIRROR_X)) return TRANSPOSE | MIRROR_Y;
  return symmetry === (TRANSPOSE | MIRROR_Y) ? TRANSPOSE | MIRROR_X : symmetry;
}

/** Writes the picture as it looks under a symmetry. @param from first value of the picture in `source` */
export function turned(
  source: Uint8Array,
  from: number,
  side: number,
  symmetry: number,
  target: Uint8Array,
): Uint8Array {
  const last = side - 1;
  for (let y = 0; y < side; y++) {
    const row = symmetry & MIRROR_Y ? last - y : y;
    for (let x = 0; x < side; x++) {
      const column = symmetry & MIRROR_X ? last - x : x;
      target[y * side + x] =
        source[from + (symmetry & TRANSPOSE ? column * side + row : row * side + column)];
    }
  }
  return target;
}
