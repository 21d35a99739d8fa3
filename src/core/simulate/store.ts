/** Converts physical values into a site's stored values, by its habits. */
import type { Acquired } from './acquired.ts';
import type { Stored, StoredSlice } from './dicom/stored.ts';
import type { CtHabit, Kept, MrHabit, PtHabit, XrHabit } from './site/site.ts';
import { burn, frame } from './xr/decorate.ts';
import { display, LOOK } from './xr/display.ts';

/** Marks pixels outside the measured circle until storage: far below any HU. */
export const OUTSIDE = -100_000;

type Window = StoredSlice['windows'][number];

const SOFT: Window = { centre: 40, width: 400, explanation: 'SOFT' };
const BRAIN: Window = { centre: 35, width: 80, explanation: 'BRAIN' };
const LUNG: Window = { centre: -600, width: 1500, explanation: 'LUNG' };
const BONE: Window = { centre: 450, width: 1800, explanation: 'BONE' };

export function storeCt(
  { frames, settings }: Acquired,
  habit: CtHabit,
  head: boolean,
  scout: boolean,
  kept: Kept = 'all',
): Stored {
  const { bits, signed, intercept, padding } = habit;
  const low = signed ? -(2 ** (bits - 1)) : 0;
  const high = low + 2 ** bits - 1;
  const sharp = String(settings.ConvolutionKernel) === 'BONE';
  const wide: Window = { centre: 0, width: 2000, explanation: 'WIDE' };
  const first = scout ? wide : sharp ? BONE : head ? BRAIN : SOFT;
  const [least, most] = rangeOf(kept, first);
  const range = { low, high, least, most, intercept };
  const windows = habit.windows === 'none' ? [] : habit.windows === 'one' ? [first] : [first, LUNG];
  return {
    slices: frames.map(({ values }) => ({
      values: heldWithin(values, arrayOf(values.length, signed), padding ?? NaN, range),
      slope: 1,
      intercept,
      windows,
    })),
    bitsAllocated: 16,
    bitsStored: bits,
    signed,
    photometric: 'MONOCHROME2',
    padding: scout ? null : padding,
  };
}

/** HU. Scanners give −1024 … 3071, the range of twelve bits, unless an extended scale is on for metal. */
function rangeOf(kept: Kept, { centre, width }: Window): [least: number, most: number] {
  if (kept === 'window') return [centre - width / 2, centre + width / 2];
  return kept === 'positive' ? [0, 450] : [-1024, 3071];
}

export function storeMr({ frames, settings }: Acquired, habit: MrHabit): Stored {
  const { bits, signed, peak } = habit;
  const most = 2 ** (signed ? bits - 1 : bits) - 1;
  const map = [settings.ImageType].flat().includes('ADC');
  // A coefficient has its own unit; the whole series sets the scale of signals.
  const scale = map ? 1 : peak / Math.max(1e-9, quantile(frames, 0.999));
  const [slope, intercept] = habit.rescaled ? [1 / scale, 0] : [1, 0];
  const top = map ? 3000 : habit.rescaled ? peak / scale : peak;
  return {
    slices: frames.map(({ values }) => ({
      values: multiplied(values, arrayOf(values.length, signed), scale, most),
      slope: Number(slope.toPrecision(8)),
      intercept,
      windows: [{ centre: top * 0.42, width: top * 0.84 }],
    })),
    bitsAllocated: 16,
    bitsStored: bits,
    signed,
    photometric: 'MONOCHROME2',
    padding: null,
  };
}

export function storePt({ frames }: Acquired, habit: PtHabit): Stored {
  const { signed, perSlice, photometric } = habit;
  const most = signed ? 32_767 : 65_535;
  const peaks = frames.map(({ values }) => values.reduce((a, b) => Math.max(a, b), 0));
  const peak = Math.max(...peaks);
  const shown = quantile(frames, 0.998);
  return {
    slices: frames.map(({ values }, index) => {
      const slope = Number((Math.max(1e-6, perSlice ? peaks[index] : peak) / most).toPrecision(8));
      return {
        values: divided(values, arrayOf(values.length, signed), slope, most),
        slope,
        intercept: 0,
        windows: [{ centre: shown / 2, width: shown }],
      };
    }),
    bitsAllocated: 16,
    bitsStored: 16,
    signed,
    photometric,
    padding: null,
  };
}

export function storeXr({ frames, rows, columns }: Acquired, habit: XrHabit, side: 'L' | 'R'): Stored {
  const look = { ...LOOK, ...habit.look };
  const most = 2 ** look.bits - 1;
  const inverse = look.photometric === 'MONOCHROME1';
  const dark = inverse ? most : 0;
  return {
    slices: frames.map(({ values }) => {
      // The area behind the shutter is shown as air, so that it does not affect the grey scale.
      const open = values.slice();
      frame(open, rows, columns, habit.border, quantile(frames, 0.999));
      const shown = display(open, rows, columns, look);
      frame(shown, rows, columns, habit.border, dark);
      if (habit.burned) burn(shown, rows, columns, side, most - dark);
      return {
        values: look.bits === 8 ? Uint8Array.from(shown) : shown,
        slope: 1,
        intercept: 0,
        windows: [{ centre: 2 ** look.bits / 2, width: 2 ** look.bits }],
      };
    }),
    bitsAllocated: look.bits === 8 ? 8 : 16,
    bitsStored: look.bits,
    signed: false,
    photometric: look.photometric,
    padding: null,
  };
}

type Words = Int16Array | Uint16Array;

function arrayOf(length: number, signed: boolean): Words {
  return signed ? new Int16Array(length) : new Uint16Array(length);
}

// Three loops, not one with a function for each value: engines would put each of its numbers on the heap.

/** `padding` is the stored value of OUTSIDE; NaN: as other values. */
function heldWithin(
  values: Float32Array,
  out: Words,
  padding: number,
  { low, high, least, most, intercept }: Record<'low' | 'high' | 'least' | 'most' | 'intercept', number>,
): Words {
  const padded = !Number.isNaN(padding);
  for (let at = 0; at < out.length; at++) {
    const value = values[at];
    if (padded && value === OUTSIDE) out[at] = padding;
    else
      out[at] = Math.max(low, Math.min(high, Math.round(Math.max(least, Math.min(most, value)) - intercept)));
  }
  return out;
}

function multiplied(values: Float32Array, out: Words, factor: number, most: number): Words {
  for (let at = 0; at < out.length; at++)
    out[at] = Math.max(0, Math.min(most, Math.round(values[at] * factor)));
  return out;
}

function divided(values: Float32Array, out: Words, by: number, most: number): Words {
  for (let at = 0; at < out.length; at++) out[at] = Math.max(0, Math.min(most, Math.round(values[at] / by)));
  return out;
}

/** The pixels' quantile at this share, from every 13th pixel. */
function quantile(frames: Acquired['frames'], share: number): number {
  const sorted = new Float32Array(frames.reduce((sum, { values }) => sum + Math.ceil(values.length / 13), 0));
  let count = 0;
  for (const { values } of frames) {
    for (let at = 0; at < values.length; at += 13) sorted[count++] = values[at];
  }
  sorted.sort();
  return sorted[Math.floor((sorted.length - 1) * share)];
}
