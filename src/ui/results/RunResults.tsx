/** One run in detail: headline of a split, accuracy per dataset, confusion matrix, downloads. */
import { useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import { type Modality, SPLITS, type Split } from '../../core/types.ts';
import { count } from '../format.ts';
import { InspectorDialog } from '../inspect/InspectorDialog.tsx';
import type { SliceSource } from '../parts/slices.ts';
import { headlineSplit, SPLIT_TITLES } from '../runs.ts';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import { DatasetScores } from './DatasetScores.tsx';
import { Downloads } from './Downloads.tsx';
import { Headline } from './Headline.tsx';
import { Pending } from './Pending.tsx';
import styles from './RunResults.module.css';
import { SplitTabs } from './SplitTabs.tsx';

/** What the drawer shows; `dataset` null: all of them. */
type Opened = { truth: Modality | null; predicted: Modality | null; dataset: string | null; title: string };

export function RunResults({ run }: { run: RunRow }) {
  const [chosen, setChosen] = useState<Split | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const split = chosen ?? headlineSplit(run);
  const evaluation = split && run.evaluation?.[split];
  if (!split || !evaluation) return <Pending run={run} />;

  const source = (cell: Opened): SliceSource => ({
    kind: 'predictions',
    run: run.id,
    split,
    truth: cell.truth,
    predicted: cell.predicted,
    dataset: cell.dataset,
  });

  return (
    <section className={styles.results} aria-label={run.title}>
      <div className={styles.bar}>
        <SplitTabs
          splits={SPLITS.toReversed().filter((name) => run.evaluation?.[name])}
          value={split}
          onChange={setChosen}
        />
        <Headline evaluation={evaluation} />
        <Downloads run={run} />
      </div>
      <div className={styles.columns} role="tabpanel" aria-label={SPLIT_TITLES[split]}>
        <div className={`${styles.panel} ${styles.datasets}`}>
          <DatasetScores
            scores={evaluation.perDataset}
            onOpen={({ dataset, modality }) =>
              setOpened({
                truth: modality,
                predicted: null,
                dataset,
                title: `${modality} slices of ${dataset}`,
              })
            }
          />
        </div>
        <div className={styles.panel}>
          <ConfusionMatrix
            evaluation={evaluation}
            onOpen={(truth, predicted) =>
              setOpened({
                truth,
                predicted,
                dataset: null,
                title: truth === predicted ? `${truth} called ${truth}` : `${truth} taken for ${predicted}`,
              })
            }
          />
        </div>
      </div>
      {opened && (
        <InspectorDialog
          title={`${opened.title} · ${SPLIT_TITLES[split].toLowerCase()}`}
          source={source(opened)}
          version={0}
          size={run.config.size}
          onClose={() => setOpened(null)}
        />
      )}
      <p className="spoken" aria-live="polite">
        {SPLIT_TITLES[split]}: {count(evaluation.n)} slices
      </p>
    </section>
  );
}
