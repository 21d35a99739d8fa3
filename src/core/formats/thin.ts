/** Volumes one pixel thin, whose other axes make the image. */

/** Of an image one pixel thin: its longer side in shorter ones. */
const MOST_OBLONG = 256;

/** Sizes of axes, the first two of the image: without those of one pixel where one of the two is such. */
export function withoutThin(sizes: readonly number[]): readonly number[] {
  if (sizes[0] !== 1 && sizes[1] !== 1) return sizes;
  const thick = sizes.filter((size) => size !== 1);
  const [across, down] = thick;
  // Values of a surface are folded into axes of any size.
  const isImage = thick.length >= 2 && Math.max(across, down) <= MOST_OBLONG * Math.min(across, down);
  return isImage ? thick : sizes;
}
