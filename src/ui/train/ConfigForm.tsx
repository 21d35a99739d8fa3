/** A run's settings: preset, network, size, length; the rest is collapsed. */
import { keepsHead } from '../../app/fromStarter.ts';
import { shareWords } from '../../core/dataset/share.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { classNames } from '../../core/labels/labelSet.ts';
import { NETWORK_META, parametersOf } from '../../core/nn/meta.ts';
import { withNetwork } from '../../core/train/presets.ts';
import { INPUT_SIZES, type RunConfig, type Start } from '../../core/train/run.ts';
import { useLab } from '../context.ts';
import { count } from '../format.ts';
import { Segmented } from '../parts/Segmented.tsx';
import { Advanced } from './Advanced.tsx';
import styles from './ConfigForm.module.css';
import { CheckField, Field } from './Field.tsx';
import { NumberField } from './NumberField.tsx';
import { PresetCards } from './PresetCards.tsx';
import { ProtocolFields } from './ProtocolFields.tsx';
import { RateFinder, RateFound } from './RateFinder.tsx';

type Props = {
  /** The set that the run is, or would be, trained on. */
  labelSet: LabelSet;
  config: RunConfig;
  onChange: (config: RunConfig) => void;
  /** A preset resets every field. */
  onPreset: (config: RunConfig) => void;
  locked: boolean;
  /** Whether no run could begin now. */
  blocked?: boolean;
};

const NETWORKS = Object.values(NETWORK_META);

export function ConfigForm({ labelSet, config, onChange, onPreset, locked, blocked = false }: Props) {
  const change = (patch: Partial<RunConfig>) => onChange({ ...config, ...patch });
  const network = NETWORKS.find(({ key }) => key === config.network);
  const classes = labelSet.classes.length;
  return (
    // While locked nothing inside is focusable, so the box takes the focus for keyboard scrolling.
    <section
      className={styles.scroller}
      aria-label="Settings of the run"
      {...(locked ? { tabIndex: 0 } : {})}
    >
      <fieldset className={styles.form} disabled={locked}>
        <p className={styles.set} data-testid="form-label-set">
          Label set: {labelSet.name} ({classNames(labelSet, 'and')})
        </p>
        <PresetCards config={config} onChange={onPreset} />
        {config.start && <Begins config={config} start={config.start} labelSet={labelSet} />}
        <Field
          label="Network"
          description={
            network ? `${network.description} ${count(parametersOf(network, classes))} parameters.` : ''
          }
        >
          {(id) => (
            <select
              id={id}
              value={config.network}
              disabled={config.start !== undefined}
              onChange={(event) => onChange(withNetwork(config, event.target.value))}
              data-testid="train-network"
            >
              {NETWORKS.map(({ key, label }) => (
                <option key={key} value={key}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div className={styles.row}>
          <div className={styles.size}>
            <span aria-hidden="true">Image size</span>
            <Segmented
              label="Image size in pixels"
              testId="train-size"
              value={config.inputSize}
              onChange={(inputSize) => change({ inputSize })}
              options={(config.start ? [config.inputSize] : INPUT_SIZES).map((size) => ({
                value: size,
                label: String(size),
              }))}
            />
          </div>
          <NumberField
            label="Epochs"
            value={config.epochs}
            min={1}
            max={1000}
            whole
            onChange={(epochs) => change({ epochs })}
            testId="train-epochs"
          />
          <NumberField
            label="Batch"
            value={config.batch}
            min={1}
            max={1024}
            whole
            onChange={(batch) => change({ batch })}
            testId="train-batch"
          />
        </div>
        <ProtocolFields config={config} onChange={onChange} />
        {config.share && (
          <p className={styles.set} data-testid="form-share">
            It learns from {shareWords(config.share)}.
          </p>
        )}
        <CheckField
          label="Keep test closed until I ask"
          description="The run is evaluated on train and validate; Results opens test when you press Evaluate test."
          checked={config.testOnDemand ?? false}
          onChange={(testOnDemand) => onChange(withTest(config, testOnDemand))}
          testId="train-test-closed"
        />
        <Advanced
          config={config}
          onChange={change}
          finder={<RateFinder config={config} blocked={locked || blocked} />}
        />
        <RateFound onTake={(learningRate) => change({ learningRate })} />
      </fieldset>
    </section>
  );
}

/** Absent where test is evaluated with the others. */
export function withTest({ testOnDemand: _, ...config }: RunConfig, testOnDemand: boolean): RunConfig {
  return testOnDemand ? { ...config, testOnDemand } : config;
}

/** What becomes of the starter's last layer. */
function Begins({ config, start, labelSet }: { config: RunConfig; start: Start; labelSet: LabelSet }) {
  const starter = useLab((state) => state.starter);
  const head = start.head ?? (starter && !keepsHead(starter, config, labelSet) ? 'new' : 'kept');
  return (
    <p className={styles.set} data-testid="form-start">
      Network and image size are the starter’s.{' '}
      {head === 'new'
        ? 'Its last layer is new: this run has other classes.'
        : 'Its last layer is kept: this run has the same classes.'}
    </p>
  );
}
