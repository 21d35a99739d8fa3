/** Several runs at once: networks, settings, sizes and seeds are ticked, and every combination joins the queue. */
import { type ReactNode, useMemo, useState } from 'react';
import { foldWords } from '../../core/dataset/protocols/index.ts';
import { type ShareUnit, shareWords } from '../../core/dataset/share.ts';
import { NETWORK_META } from '../../core/nn/meta.ts';
import { PRESETS, presetConfig } from '../../core/train/presets.ts';
import {
  INPUT_SIZES,
  type InputSize,
  PRESET_NAMES,
  type PresetName,
  type RunConfig,
} from '../../core/train/run.ts';
import { useActions, useLab } from '../context.ts';
import { plural, remaining } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';
import { withTest } from './ConfigForm.tsx';
import { useEstimates } from './Plan.tsx';
import styles from './QueueDialog.module.css';
import { planOf, secondsOf } from './queuePlan.ts';

/** Settings of the form, or of a preset as it is. */
type Setting = 'form' | PresetName;

const NETWORKS = Object.values(NETWORK_META);

export function QueueDialog({ config, onClose }: { config: RunConfig; onClose: () => void }) {
  const starter = useLab((state) => state.starter);
  const actions = useActions();
  const estimates = useEstimates();
  const [settings, setSettings] = useState<readonly Setting[]>(['form']);
  const [networks, setNetworks] = useState<readonly string[]>([config.network]);
  const [sizes, setSizes] = useState<readonly InputSize[]>([]);
  const [everyFold, setEveryFold] = useState(false);
  const [shares, setShares] = useState<ShareUnit | null>(null);
  const [testClosed, setTestClosed] = useState(true);
  const [seeds, setSeeds] = useState(String(config.seed));
  const [name, setName] = useState('');
  const [tags, setTags] = useState('');
  const [note, setNote] = useState('');
  const [adding, setAdding] = useState(false);
  const { device } = config;
  const plan = useMemo(
    () =>
      planOf({
        settings: settings.map((one) =>
          withTest(one === 'form' ? config : { ...presetConfig(one), device }, testClosed),
        ),
        networks,
        sizes,
        everyFold,
        shares,
        seeds,
        name,
        note,
        tags,
      }),
    [settings, networks, sizes, everyFold, shares, testClosed, seeds, name, note, tags, config, device],
  );
  const folded = plan.runs.some((run) => run.config.fold);
  const total = secondsOf(plan.runs, estimates);

  const add = async () => {
    setAdding(true);
    await actions.queueRuns(plan.runs);
    onClose();
  };

  return (
    <Modal
      title="Queue several runs"
      testId="queue-dialog"
      shape="sheet"
      onClose={onClose}
      footer={
        <>
          <span className={styles.total} aria-live="polite" data-testid="queue-total">
            {plan.problem ??
              `${plural(plan.runs.length, 'run')}${total === null ? '' : `, about ${remaining(total)} in all`}`}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="accent"
            disabled={plan.problem !== null || adding}
            onClick={() => void add()}
            data-testid="queue-add"
          >
            {plan.runs.length > 0
              ? `Add ${plural(plan.runs.length, 'run')} to the queue`
              : 'Add to the queue'}
          </Button>
        </>
      }
    >
      <div className={styles.choices}>
        <Group name="Settings">
          <Tick
            label="Those of the form"
            checked={settings.includes('form')}
            onChange={() => setSettings(toggled(settings, 'form'))}
          />
          {config.fold && (
            <Tick
              label={`In every one of its ${config.fold.folds} folds`}
              title="Else in the fold of the form alone."
              checked={everyFold}
              onChange={() => setEveryFold(!everyFold)}
            />
          )}
          {PRESET_NAMES.filter((preset) => starter !== null || !presetConfig(preset).start).map((preset) => (
            <Tick
              key={preset}
              label={PRESETS[preset].label}
              title={PRESETS[preset].description}
              checked={settings.includes(preset)}
              onChange={() => setSettings(toggled(settings, preset))}
            />
          ))}
        </Group>
        <Group name="Networks">
          {NETWORKS.map(({ key, label, description }) => (
            <Tick
              key={key}
              label={label}
              title={description}
              network={key}
              checked={networks.includes(key)}
              onChange={() => setNetworks(toggled(networks, key))}
            />
          ))}
        </Group>
        <Group name="Image sizes">
          {INPUT_SIZES.map((size) => (
            <Tick
              key={size}
              label={String(size)}
              checked={sizes.includes(size)}
              onChange={() => setSizes(toggled(sizes, size))}
            />
          ))}
          <p className={styles.note}>None ticked: the size of the settings.</p>
        </Group>
        <div className={styles.column}>
          <Group name="Training data">
            <label>
              <span className="spoken">Share of the training data</span>
              <select
                value={shares ?? ''}
                onChange={({ target }) => setShares((target.value || null) as ShareUnit | null)}
                data-testid="queue-shares"
              >
                <option value="">All of it</option>
                <option value="series">1/8, 1/4, 1/2 and all, by whole series</option>
                <option value="datasets">1/8, 1/4, 1/2 and all, by whole datasets</option>
              </select>
            </label>
            <p className={styles.note}>
              {shares
                ? 'For a learning curve over data size: Results draws it and forecasts twice the data. The smaller share lies within the larger, and each seed draws anew: three seeds or more.'
                : 'Shares of it show what more data would bring.'}
            </p>
          </Group>
          <Group name="Test">
            <Tick
              label="Keep it closed until I ask"
              checked={testClosed}
              onChange={() => setTestClosed(!testClosed)}
              testId="queue-test-closed"
            />
            <p className={styles.note}>
              The best of several runs on test is partly lucky: choose on validate, then open test for that
              one.
            </p>
          </Group>
        </div>
        <div className={styles.fields}>
          <Text label="Seeds" value={seeds} onChange={setSeeds} testId="queue-seeds" placeholder="1–3" />
          <Text label="Name" value={name} onChange={setName} testId="queue-name" placeholder="none" />
          <Text
            label="Tags, by commas"
            value={tags}
            onChange={setTags}
            testId="queue-tags"
            placeholder="none"
          />
          <Text label="Note" value={note} onChange={setNote} testId="queue-note" placeholder="none" />
        </div>
      </div>
      {plan.runs.length > 0 && (
        <table className={styles.runs} data-testid="queue-plan">
          <caption className="spoken">Runs to be queued</caption>
          <thead>
            <tr>
              <th scope="col">Network</th>
              <th scope="col">Size</th>
              <th scope="col">Epochs</th>
              <th scope="col">Seed</th>
              {folded && <th scope="col">Splits</th>}
              {shares && <th scope="col">Training data</th>}
              <th scope="col">Estimate</th>
            </tr>
          </thead>
          <tbody>
            {plan.runs.map(({ config: one }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: runs have nothing else that tells them apart
              <tr key={i}>
                <td>{NETWORKS.find(({ key }) => key === one.network)?.label ?? one.network}</td>
                <td>{one.inputSize}</td>
                <td>{one.epochs}</td>
                <td>{one.seed}</td>
                {folded && <td>{foldWords(one.fold) ?? 'as on the Data page'}</td>}
                {shares && <td>{shareWords(one.share) ?? 'all of train'}</td>}
                <td>{timeWords(estimates(one)?.seconds ?? null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.note}>
        They wait until the queue goes on, and begin one after the other. A run that fails says why, and the
        next one begins.
      </p>
    </Modal>
  );
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend>{name}</legend>
      {children}
    </fieldset>
  );
}

type TickProps = {
  label: string;
  title?: string;
  network?: string;
  checked: boolean;
  onChange: () => void;
  testId?: string;
};

function Tick({ label, title, network, checked, onChange, testId }: TickProps) {
  return (
    <label title={title}>
      <input
        type="checkbox"
        checked={checked}
        onChange={onChange}
        data-network={network}
        data-testid={testId}
      />{' '}
      {label}
    </label>
  );
}

type TextProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  testId: string;
  placeholder: string;
};

function Text({ label, value, onChange, testId, placeholder }: TextProps) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <input
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        data-testid={testId}
      />
    </label>
  );
}

export function timeWords(seconds: number | null): string {
  return seconds === null ? 'not known' : `about ${remaining(seconds)}`;
}

function toggled<T>(list: readonly T[], one: T): readonly T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}
