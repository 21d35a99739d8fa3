/** All views of one slice: its original, its stack, the network's input, and how it was decoded. */
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { InspectTarget } from '../../app/state.ts';
import type { InputSize } from '../../core/train/run.ts';
import { chosenModel } from '../classify/model.ts';
import { useActions, useLab } from '../context.ts';
import { count } from '../format.ts';
import { Callout } from '../parts/Message.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import { AskedModel } from './AskedModel.tsx';
import { Controls } from './Controls.tsx';
import { Elements } from './Elements.tsx';
import { Facts, type Prediction } from './Facts.tsx';
import { FindOriginal } from './FindOriginal.tsx';
import type { Overlay } from './HeatMap.tsx';
import { HistogramChart } from './HistogramChart.tsx';
import { How } from './How.tsx';
import styles from './Inspector.module.css';
import { useInspection } from './inspection.ts';
import { commandOf } from './keys.ts';
import { chosenWindow, figure, pictureOf, valueAt } from './picture.ts';
import { Tensor } from './Tensor.tsx';
import { Viewer } from './Viewer.tsx';
import { useView } from './view.ts';
import { Why } from './Why.tsx';

export type InspectorProps = {
  /** The opened slice; from there the inspector scrolls through its series. */
  target: InspectTarget | null;
  /** A run's prediction for the opened slice. */
  predicted?: Prediction | null;
  /** The run whose model is explained first; null: the best. */
  run?: string | null;
  /** The network's input size that is shown first. */
  size: InputSize;
  /** Goes to another slice of the list from which the inspector was opened. */
  onList: (by: number) => void;
  /** Goes to the first slice of another series of that list. */
  onSeries: (by: 1 | -1) => void;
};

/** What has keys of its own. */
const OWN_KEYS = ['input', 'select', 'button', '[role="listbox"]', '[role="tree"]'].join();

type Side = 'slice' | 'why' | 'how' | 'header';

const SIDES: readonly { value: Side; label: string; title: string }[] = [
  { value: 'slice', label: 'Slice', title: 'What the network gets, values, facts' },
  { value: 'why', label: 'Why?', title: 'Why did it say that?' },
  { value: 'how', label: 'How it sees', title: 'The network from inside' },
  { value: 'header', label: 'Header', title: 'All DICOM elements of the file; they may name the patient' },
];

export function Inspector(props: InspectorProps) {
  const { target, predicted = null, run: pageRun = null, size: firstSize, onList, onSeries } = props;
  const actions = useActions();
  const key = JSON.stringify(target);
  const stack = useMemo(() => {
    const opened = JSON.parse(key) as InspectTarget | null;
    const targets = opened ? stackOf(() => actions.stack(opened), opened) : [];
    return { targets, start: targets.findIndex((one) => same(one, opened)) };
  }, [actions, key]);
  const [place, setPlace] = useState({ stack, at: stack.start });
  const at = place.stack === stack ? place.at : stack.start;
  // A drop may make originals available.
  const drops = useLab((state) => (state.job === null ? state.drops.length : -1));
  const shownTarget = stack.targets[at] ?? null;
  const { reading, pending } = useInspection(shownTarget, drops);
  const [size, setSize] = useState(firstSize);
  const runs = useLab((state) => state.runs);
  const [askedRun, setAskedRun] = useState<string | null>(null);
  const run = useMemo(() => chosenModel(runs, askedRun ?? pageRun, null), [runs, askedRun, pageRun]);
  const wanted = useLab((state) => state.view.side);
  const sides = run ? SIDES : SIDES.filter(({ value }) => value !== 'why' && value !== 'how');
  const side = sides.find(({ value }) => value === wanted)?.value ?? 'slice';
  const asksModel = side === 'why' || side === 'how';
  const setSide = (next: Side) => actions.look({ side: next === 'slice' ? undefined : next });
  const [headerAsked, setHeaderAsked] = useState(false);
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const slow = useSlow(pending);
  const stage = useRef<HTMLDivElement>(null);
  const keys = useId();

  const inspection = reading?.inspection ?? null;
  const picture = useMemo(() => inspection && pictureOf(inspection), [inspection]);

  const goTo = (next: number) =>
    setPlace({ stack, at: Math.min(stack.targets.length - 1, Math.max(0, next)) });
  // A series of one slice has no stack to scroll: scroll the list instead.
  const step = (by: number) => (stack.targets.length > 1 ? goTo(at + by) : onList(by));
  const view = useView(picture, {
    step,
    first: () => goTo(0),
    last: () => goTo(Infinity),
    list: onList,
    series: onSeries,
  });

  useEffect(() => {
    stage.current?.focus();
  }, []);

  const press = (event: KeyboardEvent) => {
    const command = answers(event.target) ? commandOf(event.nativeEvent) : null;
    if (!command) return;
    event.preventDefault();
    view.run(command);
  };

  const failure = reading?.failure ?? inspection?.missing ?? null;
  const window = picture && chosenWindow(view.choice, picture);
  const inverted = picture ? picture.inverted !== view.inverted : false;
  const probed = picture && view.probe && valueAt(picture, view.probe);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole inspector, each with a button of its own
    <div className={styles.inspector} data-side={side} onKeyDown={press} data-testid="inspector">
      <div className={styles.main}>
        <div
          ref={stage}
          className={styles.stage}
          role="application"
          aria-label={`Slice ${at + 1} of ${stack.targets.length}, ${picture?.from === 'slice' ? 'stored 224×224 slice' : 'original'}`}
          aria-describedby={keys}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the inspector's keys are heard where the image is
          tabIndex={0}
          data-testid="stage"
        >
          {picture && window ? (
            <Viewer
              {...view.handlers}
              picture={picture}
              window={window}
              inverted={inverted}
              placement={view.placement}
              probe={view.probe}
              overlay={overlay}
              onStep={step}
            />
          ) : (
            <p className={styles.nothing}>
              {reading ? 'There is no image to show.' : slow ? 'Reading …' : ''}
            </p>
          )}
          {picture && window && (
            <div className={styles.overlays} aria-hidden="true">
              <span>
                {count(at + 1)} / {count(stack.targets.length)}
                {slow && ' · reading …'}
              </span>
              <span>
                {picture.columns} × {picture.rows}
                {picture.from === 'slice' && ' · stored slice'}
              </span>
              <span>
                C {figure(Number(window.centre.toPrecision(4)))} W{' '}
                {figure(Number(window.width.toPrecision(4)))}
                {window.shape === 'sigmoid' && ' · sigmoid'}
                {inverted && ' · inverted'}
              </span>
              <span data-testid="readout">
                {probed ? `${probed.row}, ${probed.column}: ${figure(probed.value)} ${picture.unit}` : ''}
              </span>
            </div>
          )}
        </div>
        <p className="spoken" aria-live="polite">
          {probed && view.byKey
            ? `Row ${probed.row}, column ${probed.column}: ${figure(probed.value)} ${picture.unit}`
            : ''}
        </p>
        <label className={styles.scroll}>
          <span className="spoken">Slice of the series</span>
          <input
            type="range"
            min={1}
            max={Math.max(1, stack.targets.length)}
            value={at + 1}
            disabled={stack.targets.length < 2}
            onChange={({ target: { valueAsNumber } }) => goTo(valueAsNumber - 1)}
            data-testid="stack"
          />
        </label>
        <div className={styles.below}>
          {picture && window && (
            <Controls
              picture={picture}
              choice={view.choice}
              window={window}
              inverted={view.inverted}
              onWindow={view.handlers.onWindow}
              onCommand={view.run}
            />
          )}
          <p className={styles.keys} id={keys}>
            Drag: window · right drag: zoom · middle drag: pan · wheel, ↑ ↓: slices · ← →: list
          </p>
        </div>
      </div>
      <aside className={styles.side} aria-label="About this slice">
        <Segmented<Side>
          label="What to see of this slice"
          options={sides}
          value={side}
          onChange={setSide}
          testId="inspect-side"
        />
        {failure && (
          <Callout tone="warn" title={failure.reason} testId="no-original">
            {failure.next}
            {reading?.target.kind === 'stored' && <FindOriginal dataset={inspection?.dataset ?? undefined} />}
          </Callout>
        )}
        {inspection?.damaged && inspection.raw && (
          <Callout tone="warn" title="What is stored of this slice is damaged." testId="damaged-slice">
            The original is shown; the slice is left out of everything. Drop its dataset’s files again: that
            heals it.
          </Callout>
        )}
        {run && asksModel && <AskedModel runs={runs} run={run} onRun={setAskedRun} />}
        {run && asksModel && inspection && !inspection.slice && (
          <p className={styles.note}>There is no slice that a model could be asked about.</p>
        )}
        {run && side === 'why' && inspection?.slice && (
          <Why run={run} slice={inspection.slice} onOverlay={setOverlay} />
        )}
        {run && side === 'how' && inspection?.slice && <How run={run} slice={inspection.slice} />}
        {side === 'header' && shownTarget && (
          <Elements
            target={shownTarget}
            version={drops}
            asked={headerAsked}
            onAsk={() => setHeaderAsked(true)}
          />
        )}
        {side === 'slice' && inspection?.slice && (
          <Tensor
            slice={inspection.slice}
            size={size}
            onSize={setSize}
            probe={view.probe}
            onProbe={view.handlers.onProbe}
          />
        )}
        {side === 'slice' && picture?.histogram && window && (
          <section aria-label="Values">
            <h3 className={styles.title}>
              {picture.from === 'original'
                ? `Modality values${picture.unit && ` in ${picture.unit}`}`
                : 'Values of the stored slice'}
            </h3>
            <HistogramChart histogram={picture.histogram} window={window} unit={picture.unit} />
          </section>
        )}
        {side === 'slice' && inspection && (
          <Facts inspection={inspection} predicted={at === stack.start ? predicted : null} />
        )}
      </aside>
    </div>
  );
}

/** A deleted slice has no series; it is still requested, to show that it is gone. */
function stackOf(find: () => InspectTarget[], opened: InspectTarget): InspectTarget[] {
  try {
    return find();
  } catch {
    return [opened];
  }
}

function same(a: InspectTarget, b: InspectTarget | null): boolean {
  if (a.kind === 'stored') return b?.kind === 'stored' && a.shard === b.shard && a.row === b.row;
  return b?.kind === 'classified' && a.at === b.at;
}

/** Whether the inspector's keys apply at this target: fields, lists and pressed buttons have their own. */
function answers(target: EventTarget): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return !target.closest(OWN_KEYS);
}

/** Shows a message for slow loading. */
function useSlow(pending: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!pending) return setSlow(false);
    const timer = setTimeout(() => setSlow(true), 200);
    return () => clearTimeout(timer);
  }, [pending]);
  return slow;
}
