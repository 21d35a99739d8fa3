/** One slice of a simulated patient, its histogram and a network's answer; all follow the scanner's knobs. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Glimpses } from '../../app/glimpses.ts';
import type { Glimpse, GlimpseOrder } from '../../core/simulate/glimpse.ts';
import type { Settings } from '../../core/simulate/knob/knob.ts';
import { knobsOf } from '../../core/simulate/knobs.ts';
import { REGIONS, type RegionName } from '../../core/simulate/region.ts';
import { PRACTICE_MODALITIES, type PracticeModality } from '../../core/simulate/site/index.ts';
import { labelSetOf } from '../../core/train/labelSetOf.ts';
import { SLICE_SIDE } from '../../core/types.ts';
import { chosenModel } from '../classify/model.ts';
import { useActions, useLab } from '../context.ts';
import { useAsking } from '../inspect/asking.ts';
import { HistogramChart } from '../inspect/HistogramChart.tsx';
import { Probabilities } from '../inspect/Probabilities.tsx';
import { Button } from '../parts/Button.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import { KnobControl } from './KnobControl.tsx';
import styles from './Preview.module.css';

const KINDS = PRACTICE_MODALITIES.map((value) => ({ value, label: value }));

export function Preview() {
  const [modality, setModality] = useState<PracticeModality>('CT');
  const [region, setRegion] = useState<RegionName>('chest');
  const [patientSeed, setPatientSeed] = useState(11);
  const [turned, setTurned] = useState<Record<string, Settings>>({});
  const bench = modality === 'XR' && region === 'breast' ? 'MG' : modality;
  const settings = turned[bench] ?? NONE;
  const order = useMemo<GlimpseOrder>(
    () => ({ modality, region, patientSeed, settings }),
    [modality, region, patientSeed, settings],
  );
  const make = useGlimpses();
  const { answer, pending } = useAsking<GlimpseOrder, Glimpse>(order, make, { cancels: false });
  const picture = useLast(answer?.value ?? null);

  return (
    <section className={styles.preview} aria-label="Preview" data-testid="practice-preview">
      <div className={styles.bar}>
        <Segmented label="Modality of the preview" options={KINDS} value={modality} onChange={setModality} />
        <label className={styles.pick}>
          <span>of the</span>
          <select
            value={region}
            onChange={({ target }) => setRegion(target.value as RegionName)}
            data-testid="preview-region"
          >
            {REGIONS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <Button size="small" onClick={() => setPatientSeed(patientSeed + 1)} data-testid="preview-patient">
          Another patient
        </Button>
      </div>
      <div className={styles.sides}>
        <div className={styles.shown}>
          <div className={styles.picture} aria-busy={pending} data-testid="preview-picture">
            {picture && (
              <Thumbnail
                pixels={picture.pixels}
                side={SLICE_SIDE}
                label={`${picture.modality} as a network gets it`}
              />
            )}
          </div>
          {answer?.failure && <p role="alert">No picture could be made. {answer.failure.reason}</p>}
          {picture?.histogram && (
            <HistogramChart
              histogram={picture.histogram}
              window={{
                centre: (picture.histogram.low + picture.histogram.high) / 2,
                width: picture.histogram.high - picture.histogram.low,
              }}
              unit={picture.unit}
            />
          )}
          {picture && (
            <p className={styles.size}>
              {picture.rows} × {picture.columns} pixels of {picture.pixel.toFixed(2)} mm, shown at{' '}
              {SLICE_SIDE} × {SLICE_SIDE}
            </p>
          )}
          <Verdict picture={picture} />
        </div>
        <div className={styles.knobs}>
          {knobsOf(modality, region).map((knob) => (
            <KnobControl
              key={`${bench} ${knob.key}`}
              knob={knob}
              value={settings[knob.key] ?? knob.usual}
              onChange={(value) => setTurned({ ...turned, [bench]: { ...settings, [knob.key]: value } })}
            />
          ))}
          <Button
            size="small"
            tone="quiet"
            disabled={settings === NONE}
            onClick={() => setTurned({ ...turned, [bench]: NONE })}
            data-testid="preview-reset"
          >
            All as usual
          </Button>
        </div>
      </div>
    </section>
  );
}

const NONE: Settings = {};

/** The answer of the project's best network for the picture; empty without a network. */
function Verdict({ picture }: { picture: Glimpse | null }) {
  const runs = useLab((state) => state.runs);
  const run = chosenModel(runs, null, null);
  const asked = run?.id ?? null;
  const actions = useActions();
  const question = useMemo(
    () => (picture && asked !== null ? { run: asked, pixels: picture.pixels } : null),
    [picture, asked],
  );
  const { answer } = useAsking(
    question,
    ({ run: id, pixels }, signal) => actions.explain(id, pixels, { signal }),
    {
      cancels: false,
    },
  );
  const said = useLast(answer?.value ?? null);
  if (!run) return null;
  return (
    <div className={styles.verdict} data-testid="preview-verdict">
      <h3>{run.title} says</h3>
      {said && (
        <Probabilities labelSet={labelSetOf(run)} now={said.probabilities} label="What the network answers" />
      )}
      {answer?.failure && <p role="alert">{answer.failure.reason}</p>}
    </div>
  );
}

/** The worker starts with the first picture and ends with the dialog. */
function useGlimpses(): (order: GlimpseOrder) => Promise<Glimpse> {
  const actions = useActions();
  const open = useRef<Glimpses | null>(null);
  useEffect(
    () => () => {
      open.current?.end();
      open.current = null;
    },
    [],
  );
  return (order) => {
    open.current ??= actions.glimpses();
    return open.current.make(order);
  };
}

/** The last non-null value. */
function useLast<T>(value: T | null): T | null {
  const last = useRef<T | null>(null);
  if (value !== null) last.current = value;
  return last.current;
}
