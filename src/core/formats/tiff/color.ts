/** The meaning of a page's samples (TIFF 6.0 sections 3 to 6, 16 and 21), and luminance of colours. */

import type { Numbers } from '../../bytes/numbers.ts';
import { type ColorLayout, luminance } from '../../image/luminance.ts';

export type Color = 'white' | 'black' | 'rgb' | 'palette' | 'cmyk' | 'ycbcr';

/** Number of samples per colour. */
export function channelsOf(color: Color): number {
  return color === 'rgb' ? 3 : color === 'cmyk' ? 4 : 1;
}

/** Luminance of `pixels` pixels of RGB or CMYK. */
export function luminanceOf(values: Numbers, pixels: number, color: Color, layout: ColorLayout): Numbers {
  return luminance(color === 'cmyk' ? paperWhite(values, pixels, layout) : values, pixels, layout);
}

/** Converts inks to RGB in the first three samples: (1 − ink)(1 − black), as in libtiff. */
function paperWhite(values: Numbers, pixels: number, { samples, planar }: ColorLayout): Numbers {
  const top = 256 ** values.BYTES_PER_ELEMENT - 1;
  const [step, gap] = planar ? [1, pixels] : [samples, 1];
  const out = values.slice();
  for (let i = 0, at = 0; i < pixels; i++, at += step) {
    const light = top - values[at + 3 * gap];
    for (let ink = 0; ink < 3; ink++) {
      const place = at + ink * gap;
      out[place] = Math.floor(((top - values[place]) * light) / top);
    }
  }
  return out;
}
