/** An exponential moving average of a model's weights and running statistics. Pure. */
import type { ModelState } from '../../src/core/nn/state.ts';

/** @param decay share of the old average that stays */
export function averaged(average: ModelState | null, now: ModelState, decay: number): ModelState {
  if (!average) return now;
  for (const [name, { data }] of average) {
    const fresh = now.get(name)!.data;
    for (let i = 0; i < data.length; i++) data[i] += (1 - decay) * (fresh[i] - data[i]);
  }
  return average;
}
