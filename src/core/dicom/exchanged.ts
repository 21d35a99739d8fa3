/**
 * Streams whose rows and columns are swapped against the header. Some archives write them; readers that lay out the
 * numbers by the header show the picture. Where the header is wrong, those readers would show stripes.
 */

import type { Numbers } from '../bytes/numbers.ts';
import { SIZE_DIFFERS } from '../codecs/size.ts';
import type { Codec, CodedImage, Promised } from '../codecs/types.ts';
import { isSkip, type Skip } from '../skip.ts';

/** Maximum number of samples compared. */
const LOOK = 2 ** 18;

/** The frame as decoded, or with rows and columns swapped if neighbours are more alike in the header's layout. */
export async function decodeEitherWay(
  codec: Codec,
  bytes: Uint8Array,
  promised: Promised,
): Promise<CodedImage | Skip> {
  const image = await codec.decode(bytes, promised);
  const { rows, columns } = promised;
  if (!isSkip(image) || image.detail !== SIZE_DIFFERS || rows === columns) return image;
  const exchanged = await codec.decode(bytes, { ...promised, rows: columns, columns: rows });
  if (isSkip(exchanged)) return image;
  const { values, samples, planar } = exchanged;
  const step = planar ? 1 : samples;
  const count = Math.min(rows * columns * step, LOOK);
  const isPicture = roughness(values, columns * step, count) <= roughness(values, rows * step, count);
  return isPicture ? { ...exchanged, deviation: 'exchanged-size' } : image;
}

/** Difference of samples from those one line above. */
function roughness(values: Numbers, line: number, count: number): number {
  let sum = 0;
  for (let i = line; i < count; i++) sum += Math.abs(values[i] - values[i - line]);
  return sum / Math.max(1, count - line);
}
