/** Palette colour (PS3.3 C.7.6.3.1.5 and C.7.6.3.1.6, segmented C.7.9.2). */
import type { Numbers } from '../bytes/numbers.ts';
import { luminance } from '../image/luminance.ts';
import type { DataSet } from './dataSet.ts';
import { type Lut, lookUp, readLut, readSegments } from './lut.ts';
import { TAGS } from './tags.ts';

export type Palette = {
  /** Stored numbers → luminance. */
  gray(indices: Numbers): Numbers;
  /** Red, green, blue. */
  channels: readonly Lut[];
};

const CHANNELS = [
  [TAGS.redDescriptor, TAGS.redPalette, TAGS.redSegments],
  [TAGS.greenDescriptor, TAGS.greenPalette, TAGS.greenSegments],
  [TAGS.blueDescriptor, TAGS.bluePalette, TAGS.blueSegments],
] as const;

/** null if the tables are missing, too short, of different sizes or damaged. */
export function readPalette(body: DataSet, signed: boolean): Palette | null {
  const channels: Lut[] = [];
  for (const [descriptor, table, segments] of CHANNELS) {
    const lut = body.elements.has(table)
      ? readLut(body, descriptor, table, signed)
      : readSegments(body, descriptor, segments, signed);
    if (!lut) return null;
    channels.push(lut);
  }
  const [{ first, entries }] = channels;
  const count = entries.length;
  if (channels.some((channel) => channel.entries.length !== count)) return null;
  const colors = new Uint16Array(3 * count);
  for (const [i, channel] of channels.entries()) colors.set(channel.entries, i * count);
  const gray = luminance(colors, count, { samples: 3, planar: true }) as Uint16Array;
  return { gray: (indices) => lookUp(indices, first, gray), channels };
}
