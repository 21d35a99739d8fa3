/** Differences between runs: the settings and data that are not the same in all of them. */
import { foldWords } from '../dataset/protocols/index.ts';
import { shareWords } from '../dataset/share.ts';
import { dataKey, type Frozen } from './manifest.ts';
import type { RunConfig, Schedule, Start } from './run.ts';

type Compared = { config: RunConfig; frozen: Frozen | null };

/** Settings by name, in words. In the order of interest. */
export function settingsOf({ config }: Pick<Compared, 'config'>): Record<string, string> {
  const on = (value: boolean) => (value ? 'on' : 'off');
  return {
    Network: config.network,
    'Image size': String(config.inputSize),
    Epochs: String(config.epochs),
    Batch: String(config.batch),
    'Learning rate': String(config.learningRate),
    Schedule: scheduleWord(config.schedule),
    Momentum: String(config.momentum),
    'Weight decay': String(config.weightDecay),
    'Decay of all parameters': on(config.decayNormAndBias),
    'Label smoothing': String(config.labelSmoothing),
    Balance: on(config.balance),
    Augment: on(config.augment),
    'Least images an epoch': String(config.leastImages ?? (config.augment ? 1024 : 0)),
    'Made-up pictures': config.outliers ? `${Math.round(100 * config.outliers)} %` : 'none',
    'Wrong labels': config.labelNoise ? `${Math.round(100 * config.labelNoise)} %` : 'none',
    'Epoch kept': config.epochBy === 'validate' ? 'best in validation' : 'the last',
    'Early stopping': config.patience ? `after ${config.patience} epochs without a better one` : 'none',
    'Begins with': startWords(config.start),
    Splits: foldWords(config.fold) ?? 'of the datasets',
    'Training data': shareWords(config.share) ?? 'all of train',
    Seed: String(config.seed),
  };
}

/** In words: which weights a run begins with, and what of them it changes. */
export function startWords(start: Start | undefined): string {
  if (!start) return 'fresh weights';
  const { layers, head, weights } = start;
  const which = weights ? `the starter (${weights})` : 'the starter';
  const learns = layers === 'head' ? ', only its last layer learns' : '';
  return `${which}${head === 'new' ? ', its last layer new' : ''}${learns}`;
}

export type Difference = { name: string; values: string[] };

/** One entry per differing setting, with the value of each run in order. */
export function differences(runs: readonly Compared[]): Difference[] {
  const settings = runs.map(settingsOf);
  const rows = Object.keys(settings[0] ?? {}).map((name) => ({
    name,
    values: settings.map((of) => of[name]),
  }));
  return [...rows, ...dataRow(runs)].filter(({ values }) => new Set(values).size > 1);
}

/** Data by number: the same number, the same data. */
function dataRow(runs: readonly Compared[]): Difference[] {
  const keys = runs.map(({ frozen }) => (frozen ? dataKey(frozen.datasets) : null));
  const known = [...new Set(keys.filter((key) => key !== null))];
  const values = keys.map((key) => (key === null ? 'not recorded' : `data ${known.indexOf(key) + 1}`));
  return [{ name: 'Data', values }];
}

function scheduleWord(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'constant':
      return 'constant';
    case 'plateau':
      return `÷${1 / schedule.factor} on a plateau`;
    case 'cosine':
      return `cosine, warm-up ${schedule.warmup}`;
    default:
      return schedule satisfies never;
  }
}
