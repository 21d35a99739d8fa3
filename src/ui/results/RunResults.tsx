/** One run in detail: headline of a split, accuracy per dataset, confusion matrix, downloads. */
import { cellOf, labelAddress } from '../../app/label/runQueue.ts';
import type { PredictedQuery } from '../../app/predicted.ts';
import { placeIn, type View } from '../../app/route.ts';
import type { RunRow } from '../../app/state.ts';
import { baselineOf } from '../../core/baselines/meta.ts';
import { figureOf, type SplitEvaluation } from '../../core/evaluate/evaluation.ts';
import { isFacet } from '../../core/evaluate/facets.ts';
import { isAlteration } from '../../core/image/alterations.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { labelSetOf } from '../../core/train/labelSetOf.ts';
import { SPLITS } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';
import { count, dated, plural } from '../format.ts';
import { InspectorDialog } from '../inspect/InspectorDialog.tsx';
import { ChanceNote } from '../parts/ChanceNote.tsx';
import { ChangedNote } from '../parts/ChangedNote.tsx';
import { classOfSet } from '../parts/classes.ts';
import { RunIdentity } from '../parts/RunIdentity.tsx';
import { headlineSplit, SPLIT_TITLES, STATUS_WORDS } from '../runs.ts';
import { AlteredBar } from './AlteredBar.tsx';
import { useAltered } from './altered.ts';
import { BaselineNote } from './BaselineNote.tsx';
import { useBreakdown } from './breakdown.ts';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import { CorrectThese } from './CorrectThese.tsx';
import { Downloads } from './Downloads.tsx';
import { EvaluationNote } from './EvaluationNote.tsx';
import { FigureTables } from './FigureTables.tsx';
import { GuardNote } from './GuardNote.tsx';
import { Headline } from './Headline.tsx';
import { LabelNote } from './LabelNote.tsx';
import { useLabelChanges } from './labelChanges.ts';
import { useLookAtTest } from './looks.ts';
import { ParentComparison } from './ParentComparison.tsx';
import { Pending } from './Pending.tsx';
import { Reliability } from './Reliability.tsx';
import { RepeatNote } from './RepeatNote.tsx';
import { RunPairs } from './RunPairs.tsx';
import styles from './RunResults.module.css';
import { Scores } from './Scores.tsx';
import { SplitTabs } from './SplitTabs.tsx';
import { TestNote } from './TestNote.tsx';
import { UnitBar } from './UnitBar.tsx';

/** The contents of the drawer; `dataset` null: all datasets. */
type Opened = {
  /** Ids of classes. */
  truth: string | null;
  predicted: string | null;
  dataset: string | null;
  n: number;
  wrong: number;
  title: string;
};

type Props = { run: RunRow; compared: readonly RunRow[] };

export function RunResults({ run, compared }: Props) {
  const view = useLab((state) => state.view);
  const project = useLab((state) => state.project.name);
  const actions = useActions();
  const chosen = SPLITS.find((name) => name === view.split && run.evaluation?.[name]);
  const split = chosen ?? headlineSplit(run);
  const labelSet = labelSetOf(run);
  // Of a baseline no model is stored that could judge other slices.
  const isBaseline = baselineOf(run.config) !== null;
  const alteration = !isBaseline && isAlteration(view.altered) ? view.altered : null;
  const altered = useAltered(run, split, alteration);
  // Altered slices have no stored predictions to make other figures from.
  const unit = alteration === null && view.unit === 'series' ? 'series' : 'slice';
  const facet = alteration === null && isFacet(view.facet) ? view.facet : 'dataset';
  const found = useBreakdown(run, split, unit, facet);
  const changes = useLabelChanges(run);
  // As it is today: a run keeps a copy of the set that it was trained on.
  const correct = useLab((state) => state.labelSets.find(({ id }) => id === labelSetOf(run).id));
  const plain = split && run.evaluation?.[split];
  useLookAtTest(split === 'test' ? [run] : []);
  if (!split || !plain) {
    return (
      <>
        <div className={styles.identity}>
          <RunIdentity run={run} />
          <RunStatus run={run} />
        </div>
        <Pending run={run} />
      </>
    );
  }

  const made = alteration === null && found.state === 'made' ? found.breakdown : null;
  const evaluation = altered?.state === 'judged' ? altered.evaluation : (made?.evaluation ?? plain);
  // The slices of a figure come from the stored predictions.
  const opens = alteration === null && unit === 'slice';
  const opened = opens ? openedBy(view, plain, labelSet) : null;
  const source = (cell: Opened): PredictedQuery => ({
    kind: 'predictions',
    run: run.id,
    split,
    truth: cell.truth,
    predicted: cell.predicted,
    dataset: cell.dataset,
    wrong: view.only === 'wrong' && mixed(cell),
  });

  return (
    <section className={styles.results} aria-label={run.title}>
      <p className="printed" data-testid="printed-title">
        <strong>{run.title}</strong>, trained {dated(run.createdMs)} · {SPLIT_TITLES[split]} · project “
        {project}”
      </p>
      <div className={styles.identity}>
        <RunIdentity run={run} />
        <RunStatus run={run} />
      </div>
      <ChangedNote run={run} />
      <EvaluationNote run={run} />
      <RepeatNote run={run} />
      <GuardNote run={run} />
      <ChanceNote
        split={split}
        classes={labelSet.classes.length}
        balanced={figureOf(plain, 'balancedAccuracy')}
        train={run.evaluation?.train ? figureOf(run.evaluation.train, 'accuracy') : null}
      />
      <div className={styles.bar}>
        <SplitTabs
          splits={SPLITS.toReversed().filter((name) => run.evaluation?.[name])}
          value={split}
          onChange={(name) => actions.look({ split: name })}
        />
        <Headline evaluation={evaluation} unit={made ? unit : 'slice'} />
        <Downloads run={run} />
      </div>
      <TestNote run={run} split={split} />
      <BaselineNote run={run} split={split} />
      {changes && <LabelNote run={run} split={split} changes={changes} />}
      <ParentComparison run={run} split={split} />
      <RunPairs run={run} others={compared} split={split} />
      <div className={styles.shown}>
        {alteration === null && (
          <UnitBar
            run={run}
            value={unit}
            onChange={(name) => actions.look({ split, unit: name === 'series' ? name : undefined })}
            found={found}
            asked={unit === 'series' || facet !== 'dataset'}
          />
        )}
        {!isBaseline && (
          <AlteredBar
            value={alteration}
            onChange={(altered) => actions.look({ split, altered: altered ?? undefined })}
            altered={altered}
            plain={plain}
          />
        )}
      </div>
      <div className={styles.columns} role="tabpanel" aria-label={SPLIT_TITLES[split]}>
        <div className={`${styles.panel} ${styles.datasets}`}>
          <Scores
            run={run}
            split={split}
            unit={unit}
            facet={facet}
            evaluation={evaluation}
            made={made}
            onFacet={
              alteration === null
                ? (name) => actions.look({ split, facet: name === 'dataset' ? undefined : name })
                : undefined
            }
            onOpen={opens ? (row) => actions.look({ split, row: String(row) }, 'open') : null}
          />
        </div>
        <div className={styles.panel}>
          <ConfusionMatrix
            run={run.id}
            labelSet={labelSet}
            evaluation={evaluation}
            onOpen={
              opens
                ? (truth, predicted) => actions.look({ split, cell: `${truth}-${predicted}` }, 'open')
                : null
            }
          />
        </div>
      </div>
      <FigureTables labelSet={labelSet} evaluation={evaluation} />
      {alteration === null && !isBaseline && <Reliability run={run} split={split} />}
      {opened && (
        <InspectorDialog
          title={`${opened.title} · ${SPLIT_TITLES[split].toLowerCase()}`}
          source={source(opened)}
          version={0}
          size={run.config.inputSize}
          run={run.id}
          {...(correct ? { correct } : {})}
          filter={
            <>
              {mixed(opened) && <WrongOnly opened={opened} on={view.only === 'wrong'} />}
              {correct && <CorrectThese set={correct} address={labelAddress(source(opened), view)} />}
            </>
          }
          onClose={() =>
            actions.look(
              { cell: undefined, row: undefined, only: undefined, slice: undefined, side: undefined },
              'close',
            )
          }
        />
      )}
      <p className="spoken" aria-live="polite">
        {SPLIT_TITLES[split]}:{' '}
        {made && unit === 'series' ? plural(evaluation.n, 'series', 'series') : plural(evaluation.n, 'slice')}
      </p>
    </section>
  );
}

/** The run's status, in the Train page's word. */
function RunStatus({ run }: { run: RunRow }) {
  return (
    <span className={styles.status} data-testid="run-status" data-status={run.status}>
      {STATUS_WORDS[run.status]}
    </span>
  );
}

/** The item opened by the address; null if it names nothing here. */
function openedBy(view: View, evaluation: SplitEvaluation, labelSet: LabelSet): Opened | null {
  const nameOf = (id: string) => classOfSet(labelSet, id).name;
  const cell = cellOf(view.cell ?? '', evaluation.labels);
  if (cell) {
    const { truth, predicted } = cell;
    const n = evaluation.confusion[evaluation.labels.indexOf(truth)][evaluation.labels.indexOf(predicted)];
    const slices = plural(n, `${nameOf(truth)} slice`);
    return truth === predicted
      ? { truth, predicted, dataset: null, n, wrong: 0, title: `${slices} recognised` }
      : {
          truth,
          predicted,
          dataset: null,
          n,
          wrong: n,
          title: `${slices} predicted as ${nameOf(predicted)}`,
        };
  }
  const score = evaluation.perDataset[placeIn(view.row) ?? -1];
  if (!score) return null;
  const { modality, id, dataset, n, correct } = score;
  return {
    truth: modality,
    predicted: null,
    dataset: id,
    n,
    wrong: n - correct,
    title: `${nameOf(modality)} slices of ${dataset}`,
  };
}

/** Whether there are both right and wrong slices, so that a filter is useful. */
const mixed = ({ n, wrong }: Opened) => wrong > 0 && wrong < n;

function WrongOnly({ opened, on }: { opened: Opened; on: boolean }) {
  const actions = useActions();
  return (
    <label className={styles.only}>
      <input
        type="checkbox"
        checked={on}
        onChange={({ target }) =>
          actions.look({ only: target.checked ? 'wrong' : undefined, slice: undefined })
        }
        data-testid="wrong-only"
      />
      Only the {count(opened.wrong)} wrong
    </label>
  );
}
