/** Volumes one pixel thin, whose other axes make the image. */

/** Maximum ratio of the sides of an image in a thin volume. */
const MOST_OBLONG = 256;

/** Axis sizes, the image's two first: drops axes of one pixel if one of these two has one pixel. */
export function withoutThin(sizes: readonly number[]): readonly number[] {
  if (sizes[0] !== 1 && sizes[1] !== 1) return sizes;
  const thick = sizes.filter((size) => size !== 1);
  const [across, down] = thick;
  // Surface values are folded into axes of any size.
  const isImage = thick.length >= 2 && Math.max(across, down) <= MOST_OBLONG * Math.min(across, down);
  return isImage ? thick : sizes;
}
