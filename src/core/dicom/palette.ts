/** Palette colour as luminance (PS3.3 C.7.6.3.1.5 and C.7.6.3.1.6). */
import type { Numbers } from '../formats/types.ts';
import { luminance } from '../image/luminance.ts';
import { type DataSet, integer } from './dataset.ts';
import { TAGS } from './tags.ts';

/** Turns stored numbers into luminance. */
export type Palette = (indices: Numbers) => Numbers;

const CHANNELS = [
  [TAGS.redDescriptor, TAGS.redPalette],
  [TAGS.greenDescriptor, TAGS.greenPalette],
  [TAGS.blueDescriptor, TAGS.bluePalette],
] as const;

/** null where the tables are missing, too short or segmented. */
export function readPalette(body: DataSet, signed: boolean): Palette | null {
  const entries = integer(body, TAGS.redDescriptor) || 65_536; // 0 stands for 65,536.
  const firstMapped = integer(body, TAGS.redDescriptor, 1);
  if (firstMapped === null) return null;
  const first = signed ? (firstMapped << 16) >> 16 : firstMapped;

  const colors = new Uint16Array(3 * entries);
  for (const [i, [descriptor, table]] of CHANNELS.entries()) {
    const bits = integer(body, descriptor, 2);
    const element = body.elements.get(table);
    if (!element || !bits) return null;
    // 8-bit tables are packed, or one entry a word.
    const packed = bits <= 8 && element.length < 2 * entries;
    if (element.length < entries * (packed ? 1 : 2)) return null;
    for (let k = 0; k < entries; k++) {
      const at = element.start + (packed ? k : 2 * k);
      colors[i * entries + k] = packed ? body.bytes[at] : body.view.getUint16(at, body.littleEndian);
    }
  }
  const gray = luminance(colors, entries, { samples: 3, planar: true });
  return (indices) => {
    const out = new Uint16Array(indices.length);
    for (let i = 0; i < out.length; i++) {
      out[i] = gray[Math.min(Math.max(indices[i] - first, 0), entries - 1)];
    }
    return out;
  };
}
