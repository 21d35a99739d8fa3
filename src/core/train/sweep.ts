/** Several runs at once: every choice of settings with every network, image size, seed and fold. */
import type { ShareUnit } from '../dataset/share.ts';
import { withNetwork } from './presets.ts';
import type { InputSize, RunConfig } from './run.ts';

export type Sweep = {
  /** Whole settings; each keeps what the others don't say. */
  settings: readonly RunConfig[];
  networks: readonly string[];
  /** Empty: each settings' own. */
  sizes: readonly InputSize[];
  seeds: readonly number[];
  /** Settings of one fold of a protocol stand for all its folds. */
  everyFold?: boolean;
  /** Each also with shares of the training data, for a learning curve over their size. */
  shares?: ShareUnit | null;
};

/** Each twice the one before; the last is all of them. */
export const PARTS = [1 / 8, 1 / 4, 1 / 2, 1] as const;

/** In the order in which they are worth having: all of one seed, then of the next. */
export function configsOf(sweep: Sweep): RunConfig[] {
  const { settings, networks, sizes, seeds, everyFold = false, shares = null } = sweep;
  const ofFolds = everyFold ? settings.flatMap(foldsOf) : settings;
  const found = seeds.flatMap((seed) =>
    ofFolds.flatMap((config) => {
      // The weights that it begins with are of one network at one size.
      if (config.start) return [{ ...config, seed }];
      const ofNetworks = networks.map((network) => ({ ...withNetwork(config, network), seed }));
      if (sizes.length === 0) return ofNetworks;
      return sizes.flatMap((inputSize) => ofNetworks.map((one) => ({ ...one, inputSize })));
    }),
  );
  return shares ? found.flatMap((config) => sharesOf(config, shares)) : found;
}

/** Drawn with the seed of the run, so that the spread over seeds is also that of the draw. */
function sharesOf({ share: _, ...config }: RunConfig, by: ShareUnit): RunConfig[] {
  return PARTS.map((part) => (part < 1 ? { ...config, share: { by, part, seed: config.seed } } : config));
}

function foldsOf(config: RunConfig): RunConfig[] {
  const { fold } = config;
  if (!fold) return [config];
  return Array.from({ length: fold.folds }, (_, at) => ({ ...config, fold: { ...fold, fold: at } }));
}

/** "1–3, 7" → 1, 2, 3, 7. null: no such list, or more than `most`. */
export function seedsIn(text: string, most = 100): number[] | null {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const range = /^\s*(\d{1,9})\s*(?:[-–]\s*(\d{1,9})\s*)?$/.exec(part);
    if (!range) return null;
    const [from, to] = [Number(range[1]), Number(range[2] ?? range[1])];
    if (to < from || to - from >= most) return null;
    for (let seed = from; seed <= to; seed++) found.add(seed);
  }
  return found.size <= most ? [...found] : null;
}
