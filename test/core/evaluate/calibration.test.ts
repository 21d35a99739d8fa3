/** A calibration is fitted to slices and series of a split, and only where there are enough of them. */
import { describe, expect, test } from 'vitest';
import {
  calibrate,
  isCalibration,
  LEAST_SERIES,
  LEAST_SLICES,
} from '../../../src/core/evaluate/calibration.ts';
import { thresholdOf } from '../../../src/core/evaluate/unknown.ts';

/** Slices of two classes, `per` in a series; every slice says `p` for class 0, and `right` of ten series are of it. */
function split(seriesCount: number, per: number, p: number, right: number) {
  const n = seriesCount * per;
  const series = Array.from({ length: n }, (_, i) => Math.floor(i / per));
  const truth = Uint8Array.from(series, (one) => (one % 10 < right ? 0 : 1));
  const probabilities = Float32Array.from({ length: n * 2 }, (_, i) => (i % 2 === 0 ? p : 1 - p));
  return { predictions: { classes: 2, truth, probabilities }, series };
}

describe('a calibration', () => {
  test('cools what is right more often than it says, and heats what is too sure', () => {
    const dataset = new Uint16Array(400);
    // Each class counts the same: then the answers are right half of the time.
    const sure = split(40, 10, 0.99, 8);
    expect(calibrate(sure.predictions, sure.series, dataset)!.temperature).toBeGreaterThan(2);
  });

  test('does not let a large dataset decide alone', () => {
    // 900 slices of dataset 0 are right, 100 of dataset 1 are wrong: as if half of all were.
    const truth = Uint8Array.from({ length: 1000 }, (_, i) => (i < 900 ? 0 : 1));
    const probabilities = Float32Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? 0.95 : 0.05));
    const dataset = Uint16Array.from({ length: 1000 }, (_, i) => (i < 900 ? 0 : 1));
    const series = Uint32Array.from({ length: 1000 }, (_, i) => Math.floor(i / 10));
    const found = calibrate({ classes: 2, truth, probabilities }, series, dataset)!;
    expect(found.temperature).toBeCloseTo(20, 4);
    expect(found).toMatchObject({ slices: 1000, series: 100 });
  });

  test('finds that equal slices of a series are one witness', () => {
    const { predictions, series } = split(50, 4, 0.8, 8);
    const dataset = Uint16Array.from(series, (one) => one);
    expect(calibrate(predictions, series, dataset)!.correlation).toBe(1);
  });

  test('does not exist for too few slices or series', () => {
    const few = split(LEAST_SERIES, Math.ceil(LEAST_SLICES / LEAST_SERIES) - 1, 0.8, 8);
    expect(calibrate(few.predictions, few.series, new Uint16Array(999))).toBeNull();
    const alone = split(LEAST_SERIES - 1, 50, 0.8, 8);
    expect(calibrate(alone.predictions, alone.series, new Uint16Array(999))).toBeNull();
  });

  test('says when a picture is unknown, if the model tells how strange each is', () => {
    const { predictions, series } = split(40, 10, 0.8, 8);
    const strangeness = Float32Array.from(series, (one) => one / 10);
    const found = calibrate({ ...predictions, strangeness }, series, new Uint16Array(400))!;
    expect(isCalibration(JSON.parse(JSON.stringify(found)))).toBe(true);
    // Series 0 to 39: nearly all of them are at most as strange as the last but two.
    expect(thresholdOf(found.unknown!.series)).toBeGreaterThan(3.6);
    expect(thresholdOf(found.unknown!.series)).toBeLessThan(3.9);
    expect(calibrate(predictions, series, new Uint16Array(400))).not.toHaveProperty('unknown');
    expect(isCalibration({ ...found, unknown: { slices: [], series: [] } })).toBe(false);
  });
});
