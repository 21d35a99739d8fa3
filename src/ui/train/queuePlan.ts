/** The runs that the choices of the queue's dialog make, with a name for each and what they take together. */
import type { QueuedRun } from '../../app/queue.ts';
import { foldWords } from '../../core/dataset/protocols/index.ts';
import { type ShareUnit, shareWords } from '../../core/dataset/share.ts';
import { networkLabel } from '../../core/nn/meta.ts';
import type { Estimate } from '../../core/train/estimate.ts';
import { PRESETS } from '../../core/train/presets.ts';
import type { InputSize, RunConfig } from '../../core/train/run.ts';
import { configsOf, seedsIn } from '../../core/train/sweep.ts';

/** More at once are most likely a slip; they can be added in parts. */
export const MOST_RUNS = 60;

export type Choices = {
  settings: readonly RunConfig[];
  networks: readonly string[];
  sizes: readonly InputSize[];
  /** All folds of the protocol of settings that are of one. */
  everyFold: boolean;
  /** What is drawn for a learning curve over data size; null: every run learns from all of train. */
  shares: ShareUnit | null;
  /** As typed. */
  seeds: string;
  name: string;
  note: string;
  /** As typed, commas between them. */
  tags: string;
};

export type QueuePlan = {
  runs: QueuedRun[];
  /** What is missing or wrong, in a sentence; null: nothing. */
  problem: string | null;
};

export function planOf(choices: Choices): QueuePlan {
  const { settings, networks, sizes, everyFold, name, note } = choices;
  const seeds = seedsIn(choices.seeds);
  const none = (problem: string) => ({ runs: [], problem });
  if (settings.length === 0) return none('Tick at least one of the settings.');
  if (networks.length === 0 && settings.some(({ start }) => !start))
    return none('Tick at least one network.');
  if (!seeds || seeds.length === 0) return none('Write seeds as whole numbers: 1–3, or 1, 5, 9.');
  const configs = configsOf({ settings, networks, sizes, seeds, everyFold, shares: choices.shares });
  if (configs.length > MOST_RUNS)
    return none(`These are ${configs.length} runs. Choose at most ${MOST_RUNS} at once.`);
  const tags = choices.tags
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);
  const runs = configs.map((config) => ({
    config,
    title: titleOf(config, name.trim(), settings.length > 1, seeds.length > 1),
    note: note.trim(),
    tags,
  }));
  return { runs, problem: null };
}

/** What tells it from the others is in its name; null: its settings name it. */
function titleOf(config: RunConfig, name: string, ofPresets: boolean, ofSeeds: boolean): string | null {
  if (!name && !ofPresets && !ofSeeds) return null;
  const { network, inputSize, epochs, preset, seed } = config;
  const fold = foldWords(config.fold);
  const share = shareWords(config.share);
  return [
    ...(name ? [name] : []),
    networkLabel(network),
    String(inputSize),
    ...(ofPresets ? [PRESETS[preset].label] : name ? [] : [epochs === 1 ? '1 epoch' : `${epochs} epochs`]),
    ...(fold ? [fold] : []),
    ...(share ? [share] : []),
    ...(ofSeeds ? [`seed ${seed}`] : []),
  ].join(' · ');
}

/** Seconds of all together; null: of at least one nothing is known. */
export function secondsOf(
  runs: readonly { config: RunConfig }[],
  estimate: (config: RunConfig) => Estimate | null,
): number | null {
  const each = runs.map(({ config }) => estimate(config)?.seconds ?? null);
  return each.includes(null) ? null : each.reduce((sum: number, one) => sum + (one ?? 0), 0);
}
