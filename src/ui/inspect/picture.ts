/** The image that the inspector draws for a slice, and its windows. */
import type { Inspection } from '../../app/state.ts';
import { type Histogram, histogram } from '../../core/image/histogram.ts';
import type { Picture as Image } from '../../core/image/render.ts';
import { CT_WINDOWS, type Range, type Window, windowOf } from '../../core/image/window.ts';

export type Picture = Image & {
  /** The file's frame, or the stored slice instead. */
  from: 'original' | 'slice';
  inverted: boolean;
  range: Range | null;
  histogram: Histogram | null;
  /** Windows from the file. */
  windows: readonly Window[];
  /** Unit of its values, '' if there is none. */
  unit: string;
};

/** Numbered by key: soft tissue is 1, as in other viewers. */
export const PRESETS = [
  ...(Object.keys(CT_WINDOWS) as (keyof typeof CT_WINDOWS)[]),
  'min–max',
  '1–99 %',
  'full range',
] as const;
type FilePreset = `File ${number}`;
export type Preset = (typeof PRESETS)[number] | FilePreset;

/** The first window shown, if the file has one. */
export const FIRST: Preset = 'File 1';

/** The presets that apply to a picture, the file's windows first, each with its number. */
export function presetsOf(picture: Picture): { preset: Preset; number: number; window: Window }[] {
  const own = picture.windows.map((_, i) => PRESETS.length + 1 + i);
  return [...own, ...PRESETS.map((_, i) => i + 1)].flatMap((number) => {
    const preset = presetAt(number);
    const window = presetWindow(preset, picture);
    return window ? [{ preset, number, window }] : [];
  });
}

/** The file's windows are numbered after the presets, so that a key always means the same. */
export function presetAt(number: number): Preset {
  return PRESETS[number - 1] ?? `File ${number - PRESETS.length}`;
}

/** A preset is kept from slice to slice, and so is a window set by hand. */
export type Choice = Preset | Window;

/** null if there is nothing to draw. */
export function pictureOf({ raw, slice, facts }: Inspection): Picture | null {
  if (raw) {
    const hounsfield = facts?.modalityTag === 'CT';
    return { ...raw, from: 'original', unit: hounsfield ? 'HU' : '' };
  }
  return slice && storedPicture(slice);
}

/** A stored slice, or another square picture of bytes, in place of its original. */
export function storedPicture(slice: Uint8Array): Picture {
  const side = Math.sqrt(slice.length);
  const image = { rows: side, columns: side, values: slice, slope: 1, intercept: 0 };
  return {
    ...image,
    from: 'slice',
    inverted: false,
    range: { low: 0, high: 255 },
    windows: [],
    histogram: histogram({ ...image, index: 0, instanceNumber: null }),
    unit: '',
  };
}

/** null if the preset does not apply to this picture: Hounsfield windows are for CT alone. */
export function presetWindow(preset: Preset, picture: Picture): Window | null {
  const { histogram: spread, range, unit, windows } = picture;
  if (isOwn(preset)) return windows[Number(preset.slice('File '.length)) - 1] ?? null;
  switch (preset) {
    case 'min–max':
      return spread && windowOf(spread);
    case '1–99 %':
      return spread && windowOf({ low: spread.p1, high: spread.p99 });
    case 'full range':
      return range && windowOf(range);
    default:
      return unit === 'HU' ? CT_WINDOWS[preset] : null;
  }
}

function isOwn(preset: Preset): preset is FilePreset {
  return preset.startsWith('File ');
}

/** The preset for a picture: the first one if the chosen one does not apply; null: set by hand. */
export function chosenPreset(choice: Choice, picture: Picture): Preset | null {
  if (typeof choice !== 'string') return null;
  return [choice, FIRST].find((preset) => presetWindow(preset, picture)) ?? 'min–max';
}

/** The window for a picture. */
export function chosenWindow(choice: Choice, picture: Picture): Window {
  const preset = chosenPreset(choice, picture);
  const window = preset ? presetWindow(preset, picture) : (choice as Window);
  return window ?? { centre: 0, width: 1 };
}

/** The modality value and pixel at a position given as shares of height and width. */
export function valueAt({ rows, columns, values, slope, intercept }: Image, { u, v }: Probe) {
  const row = pixelOf(v, rows);
  const column = pixelOf(u, columns);
  const stored = values[row * columns + column];
  return { row, column, stored, value: stored * slope + intercept };
}

/** A position in the image, as shares of width and height: the same in the file and in the slice. */
export type Probe = { u: number; v: number };

export function pixelOf(share: number, size: number): number {
  return Math.min(size - 1, Math.max(0, Math.floor(share * size)));
}

/** Formats a modality value: integers in full, others with four digits. */
export function figure(value: number): string {
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  return text.replace('-', '−');
}
