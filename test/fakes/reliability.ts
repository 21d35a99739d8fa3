/** A network that is too sure, and the same after its calibration. */
import type { Reliability } from '../../src/app/reliability.ts';
import { calibrationErrorOf, reliability } from '../../src/core/evaluate/reliability.ts';

function curve(confidences: readonly number[], shares: readonly number[]) {
  const rows = confidences.flatMap((p, k) =>
    Array.from({ length: 20 * (k + 1) }, (_, i) => ({ p, right: i < shares[k] * 20 * (k + 1) })),
  );
  const bins = reliability({
    classes: 2,
    truth: Uint8Array.from(rows, ({ right }) => (right ? 0 : 1)),
    probabilities: Float32Array.from(rows.flatMap(({ p }) => [p, 1 - p])),
  });
  return { bins, error: calibrationErrorOf(bins)! };
}

const RIGHT = [0.5, 0.55, 0.6, 0.7, 0.8, 0.9];

export const FAKE_RELIABILITY: Reliability = {
  n: 420,
  plain: curve([0.52, 0.62, 0.72, 0.83, 0.93, 0.99], RIGHT),
  calibrated: curve([0.51, 0.56, 0.62, 0.7, 0.79, 0.89], RIGHT),
  calibration: { temperature: 1.84, correlation: 0.35, slices: 340, series: 24 },
};
