/** JPEG files of 8 or 12 bits, their first picture; colour as luminance, rotated by the EXIF orientation. */

import { decodeDct, otherProcess } from '../codecs/jpeg/index.ts';
import { frameHeader } from '../codecs/markers.ts';
import { checkSize, inThousands } from '../image/size.ts';
import { isSkip } from '../skip.ts';
import { orient, readOrientation } from './exif.ts';
import { frameStream, NO_IDENTITY, plainFacts } from './frames.ts';
import { FORMAT_META } from './meta.ts';
import { countPictures } from './pictures.ts';
import type { Format } from './types.ts';

/** Components of gray, of three colours, and of CMYK. */
const PHOTOMETRIC: Readonly<Record<number, string>> = { 1: 'MONOCHROME2', 3: 'RGB', 4: 'CMYK' };

export const jpeg: Format = {
  meta: FORMAT_META.jpeg,

  sniff: (head) => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff,

  async decode(bytes, context) {
    const size = frameHeader(bytes);
    if (!size) return { code: 'malformed', detail: 'JPEG header' };
    const bad = checkSize(size.rows, size.columns, 1) ?? otherProcess(size);
    if (bad) return bad;
    const photometric = PHOTOMETRIC[size.samples];
    if (!photometric) return { code: 'pixel-layout', detail: 'colour space' };
    const orientation = readOrientation(bytes);
    const pictures = countPictures(bytes);
    const [rows, columns] = orientation > 4 ? [size.columns, size.rows] : [size.rows, size.columns];

    return {
      identity: NO_IDENTITY,
      facts: {
        ...plainFacts('jpeg', { rows, columns, bits: size.precision, signed: false, photometric }),
        deviations: size.stray ? ['stray-bytes'] : [],
      },
      frameCount: 1,
      left:
        pictures > 1
          ? { code: 'pixel-layout', detail: `the first of ${inThousands(pictures)} pictures was read` }
          : null,
      frames: () =>
        frameStream(1, context, async (index) => {
          const image = await decodeDct(bytes, { size, luminance: true, assumesRgb: false });
          if (isSkip(image)) return image;
          const values = orient(image.values, size.rows, size.columns, orientation);
          return { index, rows, columns, values, slope: 1, intercept: 0, instanceNumber: null };
        }),
    };
  },
};
