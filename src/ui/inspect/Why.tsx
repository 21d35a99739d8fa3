/** Why a model answers as it does: its answer, the map of the evidence, and edits of the slice to try. */
import { useEffect, useMemo, useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import { applyEdits, type Edits, isEdited, NO_EDITS } from '../../core/explain/edits.ts';
import type { Explained } from '../../core/explain/gradcam.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { classIds, labelSetOf } from '../../core/train/labelSetOf.ts';
import { useActions } from '../context.ts';
import { roughPercent } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { ClassChoice } from '../parts/ClassChoice.tsx';
import { classOfSet } from '../parts/classes.ts';
import { Callout } from '../parts/Message.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import { type Answer, useAsking } from './asking.ts';
import { EditedSlice } from './EditedSlice.tsx';
import { EditTools } from './EditTools.tsx';
import { ColourBar, type Overlay } from './HeatMap.tsx';
import { camHeat, type Heat, occlusionHeat } from './heat.ts';
import { Probabilities } from './Probabilities.tsx';
import { figure } from './picture.ts';
import styles from './Why.module.css';

type Method = 'cam' | 'occlusion' | 'none';
/** `of`: the unedited slice. */
type Question = { run: string; of: Uint8Array; slice: Uint8Array };

const METHODS: readonly { value: Method; label: string; title: string }[] = [
  { value: 'cam', label: 'Grad-CAM', title: 'What the last convolution adds to the score' },
  { value: 'occlusion', label: 'Occlusion', title: 'What changes when a place is covered' },
  { value: 'none', label: 'None', title: 'The slice alone' },
];

type Props = {
  run: RunRow;
  slice: Uint8Array;
  /** The map for the image beside the panel, which is shown unchanged; null if the two would not match. */
  onOverlay: (overlay: Overlay | null) => void;
};

export function Why({ run, slice, onOverlay }: Props) {
  const actions = useActions();
  const labelSet = labelSetOf(run);
  const [method, setMethod] = useState<Method>('cam');
  const [asked, setAsked] = useState<string | null>(null);
  const [opacity, setOpacity] = useState(0.65);
  const [edits, setEdits] = useState<Edits>(NO_EDITS);
  const [again, setAgain] = useState(0);
  const [done, setDone] = useState(0);

  const edited = useMemo(() => applyEdits(slice, edits), [slice, edits]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again where the first try failed
  const question = useMemo<Question>(
    () => ({ run: run.id, of: slice, slice: edited }),
    [run.id, slice, edited, again],
  );
  const whole = useMemo<Question>(() => ({ run: run.id, of: slice, slice }), [run.id, slice]);

  const { answer, pending } = useAsking(question, ({ run, slice }) => actions.explain(run, slice), {
    cancels: false,
  });
  // The answer before any edit, for comparison.
  const unchanged = useAsking(
    isEdited(edits) ? whole : null,
    ({ run, slice }) => actions.explain(run, slice),
    {
      cancels: false,
    },
  );
  const occlusion = useAsking(
    method === 'occlusion' ? question : null,
    ({ run, slice }, signal) => {
      setDone(0);
      const onProgress = (now: number, total: number) => {
        if (!signal.aborted) setDone(now / total);
      };
      return actions.occlude(run, slice, { signal, onProgress });
    },
    { cancels: true },
  );

  // An answer of a model of another set says nothing about the classes of this one.
  const fitting = answer?.value?.probabilities.length === labelSet.classes.length;
  const explained = fitting ? (answer?.value ?? null) : null;
  const before =
    (isEdited(edits) && unchanged.answer?.to === whole && unchanged.answer.value?.probabilities) || null;
  // During an edit the last answer stays; for another slice or model it would mislead.
  const current = answer?.to.run === run.id && answer.to.of === slice;
  // Another model may have other classes.
  const wanted = labelSet.classes.some(({ id }) => id === asked) ? asked : null;
  const target = wanted ?? (explained && predicted(explained, labelSet).id);
  const heat = useMemo(() => {
    if (!target || method === 'none') return null;
    const c = classIds(labelSet).indexOf(target);
    if (method === 'cam') return current ? explained && camHeat(explained, c) : null;
    // A map of another slice would mislead.
    const covered = occlusion.pending ? null : occlusion.answer?.value;
    return covered ? occlusionHeat(covered, c) : null;
  }, [target, labelSet, method, explained, current, occlusion.answer, occlusion.pending]);
  const overlay = useMemo(() => heat && { heat, opacity }, [heat, opacity]);

  const fits = !isEdited(edits) && !pending;
  useEffect(() => onOverlay(fits ? overlay : null), [onOverlay, overlay, fits]);
  useEffect(() => () => onOverlay(null), [onOverlay]);

  const failed = answer?.failure ?? (method === 'occlusion' ? occlusion.answer?.failure : null) ?? null;
  return (
    <section className={styles.why} aria-label="Why did it say that?" data-testid="why">
      <h3>Why did it say that?</h3>
      {failed && !pending && (
        <Callout tone="warn" title={failed.reason} testId="why-failed">
          {failed.outcome} {failed.next}
          <div className={styles.again}>
            <Button size="small" onClick={() => setAgain(again + 1)}>
              Ask again
            </Button>
          </div>
        </Callout>
      )}
      {!explained && pending && (
        <p className={styles.note} data-testid="why-pending">
          Reading the model …
        </p>
      )}
      <div className={styles.top}>
        <EditedSlice
          pixels={edited}
          edits={edits}
          overlay={overlay}
          onCrop={(crop) => setEdits({ ...edits, crop })}
        />
        {explained && (
          <div className={current ? undefined : styles.stale}>
            <Probabilities
              labelSet={labelSet}
              now={explained.probabilities}
              before={before}
              label="The model’s answer"
            />
            {before && <p className={styles.note}>Marks: the slice unchanged</p>}
            <p className="spoken" aria-live="polite" data-testid="why-answer">
              {spoken(explained, labelSet)}
            </p>
          </div>
        )}
      </div>
      <div className={styles.line}>
        <span className={styles.note}>Map</span>
        <Segmented<Method>
          label="How to explain"
          options={METHODS}
          value={method}
          onChange={setMethod}
          testId="why-method"
        />
      </div>
      {method !== 'none' && (
        <>
          {target && (
            <div className={styles.line}>
              <span className={styles.note}>What speaks for</span>
              <ClassChoice
                label="Class to explain"
                options={labelSet.classes.map(({ id, name }) => ({ value: id, label: name }))}
                value={target}
                onChange={setAsked}
                testId="why-class"
              />
            </div>
          )}
          {overlay && <Bar {...overlay} method={method} />}
          <label className={styles.slider}>
            Opacity
            <input
              type="range"
              min={0}
              max={100}
              value={Math.round(opacity * 100)}
              onChange={({ target }) => setOpacity(target.valueAsNumber / 100)}
              data-testid="why-opacity"
            />
            <output>{roughPercent(opacity)}</output>
          </label>
          {method === 'occlusion' && occlusion.pending && (
            <label className={styles.slider}>
              Covering
              <progress max={1} value={done} data-testid="why-progress" />
              <output>{roughPercent(done)}</output>
            </label>
          )}
          <p className={styles.note} data-testid="why-words">
            {target && words(method, classOfSet(labelSet, target).name, heat, occlusion.answer)}
          </p>
        </>
      )}
      <EditTools edits={edits} onEdits={setEdits} />
    </section>
  );
}

function Bar({ heat, opacity, method }: Overlay & { method: Method }) {
  const bar = { heat, opacity };
  if (method === 'cam') {
    const most = heat.high > 0 ? `+${figure(Number(heat.high.toPrecision(2)))}` : '0';
    return <ColourBar {...bar} low="0" middle="added to the score" high={most} label="added to the score" />;
  }
  const most = (100 * heat.high).toFixed(heat.high < 0.1 ? 1 : 0);
  return (
    <ColourBar
      {...bar}
      low={`rises ${most} points`}
      middle="0"
      high={`falls ${most} points`}
      label="change of the probability, in points of per cent"
    />
  );
}

function predicted({ probabilities }: Explained, { classes }: LabelSet) {
  return classes[probabilities.indexOf(Math.max(...probabilities))];
}

function spoken(explained: Explained, labelSet: LabelSet): string {
  return `${predicted(explained, labelSet).name}, ${roughPercent(Math.max(...explained.probabilities))}`;
}

/** The meaning of the colours, and their limits. */
function words(
  method: Method,
  target: string,
  heat: Heat | null,
  covered: Answer<Question, unknown> | null,
): string {
  if (method === 'cam') {
    if (!heat) return '';
    const cells = `${heat.rows} × ${heat.columns}`;
    if (heat.high === 0) {
      return `Grad-CAM: nowhere in the ${cells} cells of the last convolution does anything speak for ${target}.`;
    }
    const coarse =
      heat.rows * heat.columns <= 16 ? ' So few cells show roughly where; Occlusion shows it finer.' : '';
    return `Grad-CAM (Selvaraju 2017): what each of the ${cells} cells of the last convolution adds to the score of ${target}, by the mean gradient of its channels; smoothed between cells.${coarse}`;
  }
  const faint =
    heat && covered && heat.high === 0.01
      ? ' Here no place alone changes it by more than one point in a hundred.'
      : '';
  return `Occlusion (Zeiler & Fergus 2014): by how many points of a hundred the probability of ${target} falls (orange) or rises (blue) while a patch in the slice’s mean gray covers a place.${faint}`;
}
