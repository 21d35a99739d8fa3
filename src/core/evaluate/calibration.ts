/** What makes a model's probabilities mean what they say, fitted to a split it has not learned from. */
import type { Predictions } from './confusion.ts';
import { fitCorrelation, type LabelledSeries } from './pooling.ts';
import { COLDEST, fitTemperature, HOTTEST, withTemperature } from './temperature.ts';
import { isUnknownRule, quantilesOf, seriesStrangeness, type UnknownRule } from './unknown.ts';

export type Calibration = {
  /** Of slices (temperature.ts). */
  temperature: number;
  /** Of the slices of one series (pooling.ts). */
  correlation: number;
  /** What it was fitted to. */
  slices: number;
  series: number;
  /** When a picture is unknown. Absent: the model cannot tell. */
  unknown?: UnknownRule;
};

/** For what comes from a file. */
export function isCalibration(value: unknown): value is Calibration {
  if (typeof value !== 'object' || value === null) return false;
  const { temperature, correlation, slices, series, unknown } = value as Record<string, unknown>;
  return (
    (unknown === undefined || isUnknownRule(unknown)) &&
    within(temperature, COLDEST, HOTTEST) &&
    within(correlation, 0, 1) &&
    within(slices, 0, Number.MAX_SAFE_INTEGER) &&
    within(series, 0, Number.MAX_SAFE_INTEGER)
  );
}

function within(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

/** Fewer say too little: a temperature would be chance. */
export const LEAST_SLICES = 50;
export const LEAST_SERIES = 10;

/**
 * Each (dataset, class) counts the same, however many slices it has: what is judged later is of other datasets. null if there
 * are too few slices or series.
 * @param seriesOf by slice: a number of its series
 * @param datasetOf by slice: a number of its dataset
 */
export function calibrate(
  predictions: Predictions & { strangeness?: Float32Array | null },
  seriesOf: ArrayLike<number>,
  datasetOf: ArrayLike<number>,
): Calibration | null {
  const { classes, truth, probabilities, strangeness } = predictions;
  const rowsOf = new Map<string, number[]>();
  truth.forEach((label, i) => {
    const key = `${seriesOf[i]} ${label}`;
    const rows = rowsOf.get(key);
    if (rows) rows.push(i);
    else rowsOf.set(key, [i]);
  });
  if (truth.length < LEAST_SLICES || rowsOf.size < LEAST_SERIES) return null;

  const cells = Array.from(truth, (label, i) => datasetOf[i] * classes + label);
  const sizes = new Map<number, number>();
  for (const cell of cells) sizes.set(cell, (sizes.get(cell) ?? 0) + 1);
  const weights = cells.map((cell) => 1 / sizes.get(cell)!);
  const temperature = fitTemperature(predictions, weights)!;

  const scaled = withTemperature(probabilities, classes, temperature);
  const series = Array.from(
    rowsOf.values(),
    (rows): LabelledSeries => ({
      probabilities: Float32Array.from(
        rows.flatMap((i) => [...scaled.subarray(i * classes, (i + 1) * classes)]),
      ),
      label: truth[rows[0]],
    }),
  );
  return {
    temperature,
    correlation: fitCorrelation(series, classes)!,
    slices: truth.length,
    series: series.length,
    ...(strangeness ? { unknown: unknownRule(strangeness, weights, [...rowsOf.values()]) } : {}),
  };
}

/** @param rowsOf the slices of each series; a series counts as much as its slices' cell lets one series count */
function unknownRule(
  strangeness: Float32Array,
  weights: readonly number[],
  rowsOf: readonly number[][],
): UnknownRule {
  return {
    slices: quantilesOf(strangeness, weights),
    series: quantilesOf(
      rowsOf.map((rows) => seriesStrangeness(rows.map((i) => strangeness[i]))),
      rowsOf.map((rows) => rows.reduce((sum, i) => sum + weights[i], 0)),
    ),
  };
}
