/** JPEG with DCT: baseline, extended and progressive, 8 or 12 bits. */
import { isSkip } from '../skip.ts';
import { decodeDct, otherProcess } from './jpeg/index.ts';
import { deviationOf, frameHeader } from './markers.ts';
import { differs } from './size.ts';
import type { Codec } from './types.ts';

export const jpeg: Codec = {
  meta: {
    name: 'jpeg',
    label: 'JPEG',
    syntaxes: ['1.2.840.10008.1.2.4.50', '1.2.840.10008.1.2.4.51'],
  },

  async decode(bytes, promised) {
    const header = frameHeader(bytes);
    if (!header) return { code: 'malformed', detail: 'JPEG header' };
    const wrong = differs(header, promised) ?? otherProcess(header);
    if (wrong) return wrong;
    const { luminance = false, photometric } = promised;
    const image = await decodeDct(bytes, { size: header, luminance, assumesRgb: photometric === 'RGB' });
    if (isSkip(image)) return image;
    const { values, samples, precision } = image;
    const rgb = samples === 3;
    const others = header.samples === promised.samples ? undefined : 'other-colors';
    const deviation = deviationOf(header) ?? others;
    return { values, samples, planar: false, precision, lossy: true, rgb, deviation };
  },
};
