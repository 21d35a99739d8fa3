/** Reasons that block a run, and warnings before it starts, each with the next step. */
import type { Page } from '../../app/route.ts';
import { takenFromTraining } from '../../app/sharing.ts';
import type { DatasetRow, RunRow, State } from '../../app/state.ts';
import { mostFolds } from '../../core/dataset/foldRows.ts';
import type { Fold } from '../../core/dataset/protocols/protocol.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import type { Split } from '../../core/types.ts';

export type Remark = { text: string; step: { label: string; page: Page; detail?: string } | null };

type Situation = {
  datasets: DatasetRow[];
  /** The set that they are counted by, and that a run would be on. */
  labelSet: LabelSet;
  /** That the run would be of; `datasets` have its splits. */
  fold?: Fold | undefined;
  readOnly: boolean;
  audit: State['audit'];
  baselines?: State['baselines'];
  active: RunRow | null;
  shown: RunRow | null;
};

const TO_DATA = { label: 'Go to Data', page: 'data' } as const;

export function blockers({
  datasets,
  labelSet,
  fold,
  readOnly,
  audit,
  baselines = null,
  active,
  shown,
}: Situation): Remark[] {
  if (readOnly) {
    return [{ text: 'This project is open in another tab. Take over to train here.', step: null }];
  }
  if (active && active.id !== shown?.id) {
    return [
      {
        text: 'Another run is going on. Wait until it ends, or stop it.',
        step: { label: 'Watch it', page: 'train', detail: active.id },
      },
    ];
  }
  const taken = takenFromTraining({ audit, baselines });
  if (taken) {
    const step = taken.page === 'label' ? { label: 'Go to Label', page: taken.page } : null;
    return [{ text: `${taken.reason} ${taken.next}`, step }];
  }
  if (datasets.length === 0) {
    return [{ text: 'There is no data yet. Add a folder, or open the practice project.', step: TO_DATA }];
  }
  if (fold && isStale(datasets, labelSet, fold)) {
    return [
      { text: 'The datasets are no longer those of these folds. Choose the splits again.', step: null },
    ];
  }
  const classes = present(datasets, labelSet, 'train');
  if (classes.length === 0) {
    return [{ text: 'No labelled slice is in the train split. Put a dataset there.', step: TO_DATA }];
  }
  if (classes.length === 1) {
    return [
      {
        text: `The train split holds only ${classes[0].name}. Add a dataset of another class to it.`,
        step: TO_DATA,
      },
    ];
  }
  return [];
}

export function hints(datasets: DatasetRow[], labelSet: LabelSet): Remark[] {
  const train = present(datasets, labelSet, 'train');
  if (train.length < 2) return [];
  const unknown = labelSet.classes.filter(
    (label) =>
      !train.includes(label) &&
      (['validate', 'test'] as const).some((split) => present(datasets, labelSet, split).includes(label)),
  );
  return [
    ...unknown.map((label) => ({
      text: `There is no ${label.name} in train: the model cannot learn it.`,
      step: TO_DATA,
    })),
    ...(present(datasets, labelSet, 'validate').length === 0
      ? [{ text: 'Nothing is in validate: the curves show training alone.', step: TO_DATA }]
      : []),
    ...(present(datasets, labelSet, 'test').length === 0
      ? [{ text: 'Nothing is in test: there will be no result on unseen data.', step: TO_DATA }]
      : []),
  ];
}

/** Slices of each split for a run. */
export function splitSlices(datasets: readonly DatasetRow[]): Record<Split, number> {
  const sums = { train: 0, validate: 0, test: 0 };
  for (const { split, counts } of datasets) {
    for (const [label, n] of Object.entries(counts)) if (label !== 'other') sums[split] += n;
  }
  return sums;
}

/** Leaving one out has a fold for each dataset; other protocols have at most one. */
function isStale(datasets: DatasetRow[], labelSet: LabelSet, { protocol, folds }: Fold): boolean {
  const most = mostFolds(datasets, labelSet, protocol);
  return protocol === 'leave-one-out' ? most !== folds : most < folds;
}

function present(datasets: DatasetRow[], { classes }: LabelSet, split: Split) {
  return classes.filter(({ id }) =>
    datasets.some((dataset) => dataset.split === split && dataset.counts[id] > 0),
  );
}
