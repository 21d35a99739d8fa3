/** The advanced settings, each with one plain sentence. */
import type { ReactNode } from 'react';
import { PRESETS } from '../../core/train/presets.ts';
import type { RunConfig, Schedule } from '../../core/train/run.ts';
import { DEVICE_LABELS } from '../device.ts';
import { roughPercent } from '../format.ts';
import styles from './Advanced.module.css';
import { CheckField, Field } from './Field.tsx';
import { NumberField } from './NumberField.tsx';

type Props = {
  config: RunConfig;
  onChange: (patch: Partial<RunConfig>) => void;
  /** Below the learning rate and what belongs to it. */
  finder?: ReactNode;
};

/** Initial values of each kind. */
const SCHEDULES: Record<Schedule['kind'], Schedule> = {
  constant: { kind: 'constant' },
  plateau: PRESETS.paper.config.schedule,
  cosine: PRESETS.quick.config.schedule,
};

const KEPT = {
  last: 'The model is what the last epoch made of it.',
  validate: 'The model is that of the epoch with the highest balanced accuracy in validation.',
} as const;

export function Advanced({ config, onChange, finder = null }: Props) {
  return (
    <details className={styles.advanced} data-testid="train-advanced">
      <summary>Advanced</summary>
      <div className={styles.fields}>
        <div className={styles.pair}>
          <NumberField
            label="Learning rate"
            value={config.learningRate}
            min={1e-6}
            max={10}
            description="How far each step moves."
            onChange={(learningRate) => onChange({ learningRate })}
            testId="train-rate"
          />
          <NumberField
            label="Momentum"
            value={config.momentum}
            min={0}
            max={0.999}
            description="How strongly earlier steps still count."
            onChange={(momentum) => onChange({ momentum })}
          />
          <NumberField
            label="Weight decay"
            value={config.weightDecay}
            min={0}
            max={1}
            description="Pulls weights towards zero."
            onChange={(weightDecay) => onChange({ weightDecay })}
          />
          <NumberField
            label="Label smoothing"
            value={config.labelSmoothing}
            min={0}
            max={0.5}
            description="Keeps the model from being too sure."
            onChange={(labelSmoothing) => onChange({ labelSmoothing })}
          />
        </div>
        {finder}
        <CheckField
          label="Apply weight decay to all parameters"
          description="Norms and biases too, as PyTorch does unless told otherwise."
          checked={config.decayNormAndBias}
          onChange={(decayNormAndBias) => onChange({ decayNormAndBias })}
        />
        <Field label="Schedule" description={scheduleDescription(config.schedule)}>
          {(id) => (
            <select
              id={id}
              value={config.schedule.kind}
              onChange={(event) => onChange({ schedule: SCHEDULES[event.target.value as Schedule['kind']] })}
            >
              <option value="constant">Constant</option>
              <option value="plateau">Lower on a plateau</option>
              <option value="cosine">Warm up, then cosine</option>
            </select>
          )}
        </Field>
        <div className={styles.pair}>
          <Field label="Epoch that is kept" description={KEPT[config.epochBy ?? 'last']}>
            {(id) => (
              <select
                id={id}
                value={config.epochBy ?? 'last'}
                onChange={(event) => onChange({ epochBy: event.target.value as keyof typeof KEPT })}
                data-testid="train-epoch-by"
              >
                <option value="last">The last, as the paper</option>
                <option value="validate">Best in validation</option>
              </select>
            )}
          </Field>
          <NumberField
            label="Patience, epochs"
            value={config.patience ?? 0}
            min={0}
            max={1000}
            whole
            description="Ends the training after so many epochs that were not the best; 0 for never."
            onChange={(patience) => onChange({ patience })}
            testId="train-patience"
          />
        </div>
        <CheckField
          label="Balance"
          description="Shows the rare modalities as often as the common ones."
          checked={config.balance}
          onChange={(balance) => onChange({ balance })}
        />
        <NumberField
          label="Wrong labels, share"
          value={config.labelNoise ?? 0}
          min={0}
          max={0.9}
          description="Replaces so many labels of train by others, for this run only: to see what wrong labels do."
          onChange={(labelNoise) => onChange({ labelNoise })}
          testId="train-label-noise"
        />
        <CheckField
          label="Augment"
          description="Varies the images at random; helps when there are few."
          checked={config.augment}
          onChange={(augment) => onChange({ augment })}
        />
        <NumberField
          label="Made-up pictures, share"
          value={config.outliers ?? 0}
          min={0}
          max={0.5}
          description="Shows so many pictures of nothing among the images, so that the model can call a picture unknown; 0 for none."
          onChange={(outliers) => onChange({ outliers })}
          testId="train-outliers"
        />
        <div className={styles.pair}>
          <NumberField
            label="Seed"
            value={config.seed}
            min={0}
            max={4294967295}
            whole
            description="Same seed, data and device: the same run."
            onChange={(seed) => onChange({ seed })}
            testId="train-seed"
          />
          <Field label="Device" description="Auto takes a real GPU where there is one.">
            {(id) => (
              <select
                id={id}
                value={config.device}
                onChange={(event) => onChange({ device: event.target.value as RunConfig['device'] })}
                data-testid="train-device"
              >
                <option value="auto">Auto</option>
                <option value="webgpu">{DEVICE_LABELS.webgpu}</option>
                <option value="simd">{DEVICE_LABELS.simd}</option>
              </select>
            )}
          </Field>
        </div>
      </div>
    </details>
  );
}

function scheduleDescription(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'constant':
      return 'The rate never changes.';
    case 'plateau':
      return `The rate is multiplied by ${schedule.factor} when the loss has not fallen for more than ${schedule.patience} of the ${schedule.checksPerEpoch} checks an epoch.`;
    case 'cosine':
      return `The rate rises over the first ${roughPercent(schedule.warmup)} of the run, then falls smoothly to zero.`;
    default:
      return schedule satisfies never;
  }
}
