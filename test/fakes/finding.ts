/** A search for a learning rate: the loss falls from a rate of 0.0003 on and rises from 0.1. */
import type { Finding } from '../../src/app/findRate.ts';
import { RATES, type RatePoint, rateAt, suggestRates, withLoss } from '../../src/core/train/rateFinder.ts';

export function makeFinding(steps: number, state: Finding['state']): Finding {
  let points: RatePoint[] = [];
  for (let step = 0; step < steps; step++) {
    const rate = rateAt(step);
    const fallen = 0.9 / (1 + (3e-3 / rate) ** 1.2);
    const noise = 0.08 * Math.sin(step * 2.4) * Math.cos(step * 0.7);
    points = withLoss(points, rate, 1.4 - fallen + noise + (rate / 0.12) ** 3);
  }
  return { state, points, steps: RATES.steps, found: state === 'ended' ? suggestRates(points) : null };
}
