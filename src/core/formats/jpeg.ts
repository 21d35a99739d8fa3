/** JPEG files of 8 or 12 bits, their first picture; colour as luminance, rotated by the EXIF orientation. */

import { decodeDct, otherProcess } from '../codecs/jpeg/index.ts';
import { frameHeader } from '../codecs/markers.ts';
import { isColourful } from '../image/colourful.ts';
import { luminance } from '../image/luminance.ts';
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
          const asked = context.heading && size.samples === 3;
          const image = await decodeDct(bytes, { size, luminance: !asked, assumesRgb: false });
          if (isSkip(image)) return image;
          const pixels = size.rows * size.columns;
          const layout = { samples: image.samples, planar: false };
          const isColour = image.samples === 3;
          const gray = isColour ? luminance(image.values, pixels, layout) : image.values;
          const values = orient(gray, size.rows, size.columns, orientation);
          const frame = { index, rows, columns, values, slope: 1, intercept: 0, instanceNumber: null };
          return isColour ? { ...frame, colourful: isColourful(image.values, pixels, layout) } : frame;
        }),
    };
  },
};
