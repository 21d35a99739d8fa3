/** From stored 16-bit levels to grey levels: a table of a window and a gamma, and how these are drawn. */
import type { Random } from '../random.ts';

/** Entries of a table: a CT image of 4,096 values keeps each of them. */
export const TONES = 4096;
/** Bits of a 16-bit level that a table ignores. */
export const TONE_SHIFT = 4;

/** The values from `low` (black) to `high` (white). */
export type Window = { low: number; high: number };

/** A slice's scale: the value of a 16-bit level is low + level · step. */
export type Scale = { low: number; step: number };

/** Centres and widths that radiologists look at, in Hounsfield units: brain, soft tissue, lung, bone. */
const HOUNSFIELD_WINDOWS = [
  { centreHu: 40, widthHu: 80 },
  { centreHu: 40, widthHu: 400 },
  { centreHu: -600, widthHu: 1500 },
  { centreHu: 400, widthHu: 1800 },
] as const;

export type ToneRecipe = {
  /** Share of the slices in Hounsfield units that are seen through one of the usual windows. */
  hounsfieldChance: number;
  /** Of the others: levels below `low` turn black and above 1 − `high` white, as shares of the range. */
  window: { chance: number; low: number; high: number };
  /** Largest gamma; its inverse is the smallest. */
  gamma: number;
};

/** Fills `table` with the grey level, 0 to 1, of each level of a slice. */
export function writeTones(table: Float32Array, { low, step }: Scale, window: Window, gamma = 1): void {
  const width = window.high - window.low;
  const first = (low - window.low) / width;
  const each = (step * 2 ** TONE_SHIFT) / width;
  for (let i = 0; i < TONES; i++) {
    const share = first + i * each;
    table[i] = share <= 0 ? 0 : share >= 1 ? 1 : gamma === 1 ? share : share ** gamma;
  }
}

/** The whole range of a slice. */
export function fullWindow({ low, step }: Scale): Window {
  return { low, high: low + step * (TONES - 1) * 2 ** TONE_SHIFT };
}

export function drawTones(
  table: Float32Array,
  scale: Scale & { isHounsfield: boolean },
  recipe: ToneRecipe,
  draw: Random,
): void {
  const isUsual = scale.isHounsfield && draw.uniform() < recipe.hounsfieldChance;
  const window = isUsual ? usualWindow(draw) : shareOf(fullWindow(scale), recipe, draw);
  writeTones(table, scale, window, recipe.gamma ** draw.between(-1, 1));
}

/** One of the usual windows, with centre and width as people turn them. */
function usualWindow(draw: Random): Window {
  const { centreHu, widthHu } = HOUNSFIELD_WINDOWS[draw.integer(HOUNSFIELD_WINDOWS.length)];
  const width = widthHu * 1.5 ** draw.between(-1, 1);
  const low = centreHu + draw.between(-0.15, 0.15) * width - width / 2;
  return { low, high: low + width };
}

function shareOf({ low, high }: Window, { window }: ToneRecipe, draw: Random): Window {
  if (draw.uniform() >= window.chance) return { low, high };
  const range = high - low;
  return {
    low: low + range * draw.between(0, window.low),
    high: high - range * draw.between(0, window.high),
  };
}
