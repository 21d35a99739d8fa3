/** Runs of a learning curve over data size: four shares, three seeds, figures along an inverse power law. */
import type { RunRow } from '../../src/app/state.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import { PARTS } from '../../src/core/train/sweep.ts';
import { run } from '../fakes/state.ts';
import { makeFrozenDataset } from './runFacts.ts';

const SLICES = 6400;

/** @param figure balanced accuracy on validate of a run with so many slices */
export function makeSizeRuns(
  figure: (slices: number, seed: number) => number = alongLaw,
  seeds = 3,
): RunRow[] {
  return PARTS.flatMap((part) =>
    Array.from({ length: seeds }, (_, i): RunRow => {
      const seed = i + 1;
      const n = Math.round(SLICES * part) + (part < 1 ? 7 * (i - 1) : 0);
      const config = {
        ...presetConfig('quick', seed),
        testOnDemand: true,
        ...(part < 1 && { share: { by: 'series' as const, part, seed } }),
      };
      const made = run(`${part} ${seed}`, { config, title: `Sizes · ${part} · seed ${seed}` });
      const evaluation = made.evaluation!;
      const metrics = { ...evaluation.validate!.metrics, balancedAccuracy: figure(n, seed) };
      return {
        ...made,
        frozen: {
          ...made.frozen!,
          datasets: [
            makeFrozenDataset('a', 'train', { counts: { CT: n, MR: 0, PT: 0, XR: 0 }, series: n / 20 }),
            makeFrozenDataset('t', 'test'),
          ],
        },
        evaluation: { ...evaluation, validate: { ...evaluation.validate!, metrics }, test: null },
      };
    }),
  );
}

function alongLaw(n: number, seed: number): number {
  return 0.95 - 6 * n ** -0.5 + 0.008 * (seed - 2);
}
