/** The model and its limits, buttons for more files, and the exports. */
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { classNames } from '../../core/labels/labelSet.ts';
import { useActions, useLab } from '../context.ts';
import { percent } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { FilePick } from '../parts/FilePick.tsx';
import { StarterCard } from '../parts/StarterCard.tsx';
import styles from './ClassifyHeader.module.css';
import { EverySlice } from './EverySlice.tsx';
import { Exports } from './Exports.tsx';
import { addressOf, type Judging, judging, ruleWords } from './model.ts';
import { RuleChoice } from './RuleChoice.tsx';
import { ViewChoice } from './ViewChoice.tsx';

type Props = {
  /** null: there is none yet. */
  model: Judging | null;
  /** null while the drop area offers the pickers. */
  onPick: ((files: File[]) => void) | null;
  /** The series in the table. */
  shown: JudgedSeries[];
};

export function ClassifyHeader({ model, onPick, shown }: Props) {
  const busy = useLab((state) => state.job !== null);
  const someTell = useLab((state) => state.classify.series.some(({ judge }) => judge?.unknown));
  const actions = useActions();
  return (
    <header>
      <div className={styles.header}>
        <h1>Classify</h1>
        {model && <ModelSelect model={model} />}
        <div className={styles.acts}>
          {onPick && (
            <>
              <FilePick kind="folder" onPick={onPick} testId="classify-folder" disabled={busy} />
              <FilePick kind="files" onPick={onPick} testId="classify-files" disabled={busy} />
              <Button
                tone="quiet"
                disabled={busy}
                onClick={() => actions.clearClassify()}
                data-testid="classify-clear"
              >
                Clear
              </Button>
            </>
          )}
          <Exports shown={shown} />
        </div>
      </div>
      <div className={styles.below}>
        <p className={styles.limits} data-testid="classify-limits">
          {model === null
            ? 'No model yet: only what the headers contain.'
            : model.tellsUnknown || someTell
              ? `The model knows only ${classNames(model.labelSet, 'and')}; what is strange to it is called unknown.`
              : `The model knows only ${classNames(model.labelSet, 'and')}: anything else, an ultrasound or a photograph, still gets one of them.`}
          {model?.choice.kind === 'starter' && (
            <>
              {' '}
              <StarterCard>Its model card</StarterCard>
            </>
          )}
        </p>
        <EverySlice />
        {onPick && (
          <div className={styles.reading}>
            <RuleChoice />
            <ViewChoice />
          </div>
        )}
      </div>
    </header>
  );
}

/** Classifies the available files again with another model. */
function ModelSelect({ model }: { model: Judging }) {
  const runs = useLab((state) => state.runs);
  const starter = useLab((state) => state.starter);
  const otherModels = useLab((state) => state.otherModels);
  const usable = judging({ runs, starter, otherModels });
  const any = useLab((state) => state.classify.series.length > 0);
  const job = useLab((state) => state.job);
  const actions = useActions();
  const running = job?.kind === 'classify';
  return (
    <label
      className={styles.model}
      title={
        running ? 'Cancel the classification first.' : `${ruleWords(runs)} Another one classifies again.`
      }
    >
      with
      <select
        value={addressOf(model.choice)}
        disabled={running}
        onChange={({ target }) => {
          actions.go('classify', target.value);
          const choice = usable.find((one) => addressOf(one.choice) === target.value)?.choice;
          if (any && !job && choice) void actions.classifyAgain(choice);
        }}
        data-testid="classify-model"
      >
        {groupsOf(usable).map(({ name, models }) =>
          name === null ? (
            models.map((one) => <ModelOption key={addressOf(one.choice)} model={one} />)
          ) : (
            <optgroup key={name} label={name}>
              {models.map((one) => (
                <ModelOption key={addressOf(one.choice)} model={one} />
              ))}
            </optgroup>
          ),
        )}
      </select>
    </label>
  );
}

function ModelOption({ model }: { model: Judging }) {
  return (
    <option value={addressOf(model.choice)}>
      {model.title}
      {score(model)}
    </option>
  );
}

/** By project; under no name if there is only this one. */
function groupsOf(usable: readonly Judging[]): { name: string | null; models: Judging[] }[] {
  const several = usable.some(({ project }) => project !== null);
  const groups = new Map<string | null, Judging[]>();
  for (const one of usable) {
    const starter = one.choice.kind === 'starter';
    const name = !several || starter ? null : (one.project ?? 'This project');
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups].map(([name, models]) => ({ name, models }));
}

function score({ heldOut, heldOutOn }: Judging): string {
  if (heldOut === null) return '';
  const on = heldOutOn && !heldOutOn.includes('test') ? ' on validate' : '';
  return ` – ${percent(heldOut)} balanced${on}`;
}
