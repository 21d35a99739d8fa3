/** Names and sentences of the baselines. Separate from their code, so that a page needs none of it. */
import type { RunConfig } from '../train/run.ts';

export type BaselineMeta = {
  /** Stored as a run's network; never reused for another baseline. */
  key: string;
  label: string;
  /** One sentence: what it is. */
  description: string;
  /** One sentence: what it proves if it does as well as a network. */
  proves: string;
  /** Whether it never looks at a picture: what it reaches needs no medicine. */
  cheats: boolean;
};

export const BASELINE_META = {
  tag: {
    key: 'baseline-tag',
    label: 'DICOM tag alone',
    description: 'The class that training slices with the same DICOM Modality have most often.',
    proves:
      'Where labels were taken from the tag, it is right by construction; elsewhere it says how far tag and labels agree.',
    cheats: false,
  },
  header: {
    key: 'baseline-size-format',
    label: 'Image size and format alone',
    description:
      'The class of the training slices whose rows, columns, bits and file format are most alike; it sees no pixel.',
    proves: 'If this is as good as your network, the network may have learned the image size.',
    cheats: true,
  },
  neighbours: {
    key: 'baseline-features-knn',
    label: 'Features, nearest neighbours',
    description:
      'Grey-level histogram, co-occurrence, local binary patterns and gradients; the five most alike training slices vote.',
    proves: 'If this is as good as your network, the test slices look much like training slices.',
    cheats: false,
  },
  svm: {
    key: 'baseline-features-svm',
    label: 'Features, linear SVM',
    description: 'The same features, weighed by a linear support vector machine.',
    proves: 'If this is as good as your network, the task needs no deep network.',
    cheats: false,
  },
} as const satisfies Record<string, BaselineMeta>;

export type BaselineName = keyof typeof BASELINE_META;

export const BASELINE_NAMES = Object.keys(BASELINE_META) as BaselineName[];

/** Side of the picture that features are computed from, in pixels. */
export const FEATURE_SIDE = 128;

/** The baseline that a run is; null: it is a network's. */
export function baselineOf({ network }: Pick<RunConfig, 'network'>): BaselineMeta | null {
  return Object.values(BASELINE_META).find(({ key }) => key === network) ?? null;
}

/** Settings of a baseline's run: it has no epochs. The other fields are a network's and mean nothing here. */
export function baselineConfig(name: BaselineName): RunConfig {
  return {
    network: BASELINE_META[name].key,
    inputSize: FEATURE_SIDE,
    preset: 'quick',
    epochs: 0,
    batch: 1,
    learningRate: 0,
    momentum: 0,
    weightDecay: 0,
    decayNormAndBias: false,
    labelSmoothing: 0,
    schedule: { kind: 'constant' },
    seed: 1,
    balance: true,
    augment: false,
    leastImages: 0,
    device: 'auto',
  };
}
