/**
 * The windows that a file contains for each frame (VOI LUT, PS3.3 C.11.2.1.2 and C.7.6.16.2.10), in modality
 * values. Look-up tables (VOI LUT Sequence) are not read.
 */
import type { Window } from '../image/window.ts';
import { type DataSet, text } from './dataSet.ts';
import { frameGroup } from './groups.ts';
import type { ImageHeader } from './header.ts';
import { TAGS } from './tags.ts';

/** Maximum number of windows shown. */
const MOST = 8;

/** Only gray images have windows. */
export function windowReader(
  body: DataSet,
  { photometric, floating }: Pick<ImageHeader, 'photometric' | 'floating'>,
): (frame: number) => Window[] {
  if (!photometric.startsWith('MONOCHROME')) return () => [];
  const group = frameGroup(body, TAGS.voiLuts);
  return (frame) => readWindows(group(frame), floating);
}

/** Invalid numbers or widths make no window; CT scanners often list the same one twice. */
function readWindows(data: DataSet, floating: boolean): Window[] {
  const widths = decimals(data, TAGS.windowWidth);
  const shape = text(data, TAGS.voiFunction);
  const windows = decimals(data, TAGS.windowCentre)
    .slice(0, MOST)
    .flatMap((centre, i): Window[] => {
      const width = widths[i] ?? Number.NaN;
      if (!Number.isFinite(centre) || !Number.isFinite(width) || width <= 0) return [];
      if (shape === 'SIGMOID') return [{ centre, width, shape: 'sigmoid' }];
      // LINEAR, the default, is for integers and widths from 1 on: elsewhere only the exact function makes sense.
      const isExact = shape === 'LINEAR_EXACT' || floating || width < 1;
      return [isExact ? { centre, width } : { centre, width, shape: 'linear' }];
    });
  return windows.filter(
    ({ centre, width }, i) => windows.findIndex((one) => one.centre === centre && one.width === width) === i,
  );
}

function decimals(data: DataSet, tag: number): number[] {
  return text(data, tag)
    .split('\\')
    .map((value) => (value.trim() === '' ? Number.NaN : Number(value)));
}
