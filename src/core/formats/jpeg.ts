/** JPEG files: 8 bits, or 12 in gray; colour as luminance, turned as the camera's EXIF orientation says. */
import { jpeg as codec } from '../dicom/codecs/jpeg.ts';
import { frameHeader } from '../dicom/codecs/markers.ts';
import { luminance } from '../image/luminance.ts';
import { orient, readOrientation } from './exif.ts';
import { checkSize, frameStream, NO_IDENTITY, plainFacts } from './frames.ts';
import { type Format, isSkip } from './types.ts';

export const jpeg: Format = {
  meta: { name: 'jpeg', label: 'JPEG', extensions: ['.jpg', '.jpeg'] },

  sniff: (head) => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff,

  async decode(bytes, context) {
    const size = frameHeader(bytes);
    if (!size) return { code: 'malformed', detail: 'JPEG header' };
    const bad = checkSize(size.rows, size.columns, 1);
    if (bad) return bad;
    if (size.samples !== 1 && size.samples !== 3) {
      return { code: 'pixel-layout', detail: size.samples === 4 ? 'CMYK' : 'colour space' };
    }
    const orientation = readOrientation(bytes);
    const [rows, columns] = orientation > 4 ? [size.columns, size.rows] : [size.rows, size.columns];
    const photometric = size.samples === 1 ? 'MONOCHROME2' : 'RGB';

    return {
      identity: NO_IDENTITY,
      facts: plainFacts('jpeg', { rows, columns, bits: size.precision, signed: false, photometric }),
      frameCount: 1,
      frames: () =>
        frameStream(1, context, async (index) => {
          const promised = { ...size, bitsAllocated: 8, photometric: 'YBR_FULL', planar: false };
          const image = await codec.decode(bytes, promised);
          if (isSkip(image)) return image;
          const { samples } = size;
          const gray =
            samples === 1
              ? image.values
              : luminance(image.values, rows * columns, { samples, planar: image.planar });
          const values = orient(gray, size.rows, size.columns, orientation);
          return { index, rows, columns, values, slope: 1, intercept: 0, instanceNumber: null };
        }),
    };
  },
};
