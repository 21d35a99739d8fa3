/** Chooses whose splits a run has: the datasets' own, or those of a fold of a protocol. */
import { firstFold, foldRows, mostFolds } from '../../core/dataset/foldRows.ts';
import { PROTOCOLS, SPLIT_CAUTION } from '../../core/dataset/protocols/index.ts';
import {
  FEWEST_FOLDS,
  type Fold,
  PROTOCOL_NAMES,
  type ProtocolName,
} from '../../core/dataset/protocols/protocol.ts';
import type { RunConfig } from '../../core/train/run.ts';
import { useLab } from '../context.ts';
import { plural } from '../format.ts';
import { Field } from './Field.tsx';
import { FoldGuard } from './FoldGuard.tsx';
import { NumberField } from './NumberField.tsx';
import styles from './ProtocolFields.module.css';

type Props = { config: RunConfig; onChange: (config: RunConfig) => void };

const MOST_FOLDS = 20;
const MOST_NAMES = 4;

export function ProtocolFields({ config, onChange }: Props) {
  const datasets = useLab((state) => state.datasets);
  const set = useLab((state) => state.labelSet);
  const { fold } = config;
  const change = (next: Fold | null) => {
    const { fold: _, ...others } = config;
    onChange(next ? { ...others, fold: next } : others);
  };
  const whole = fold && PROTOCOLS[fold.protocol].unit === 'dataset';
  const rows = whole ? foldRows(datasets, set, fold) : [];
  const names = (split: string) => {
    const own = rows.filter((row) => row.split === split).map(({ name }) => name);
    const more = own.length - MOST_NAMES;
    return `${own.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${plural(more, 'other')}` : ''}`;
  };
  return (
    <div className={styles.protocol}>
      <Field label="Splits" description={fold ? PROTOCOLS[fold.protocol].caution : SPLIT_CAUTION}>
        {(id) => (
          <select
            id={id}
            value={fold?.protocol ?? ''}
            onChange={({ target }) =>
              change(target.value === '' ? null : firstFold(datasets, set, target.value as ProtocolName))
            }
            data-testid="train-protocol"
          >
            <option value="">As on the Data page</option>
            {PROTOCOL_NAMES.map((name) => {
              const few = mostFolds(datasets, set, name) < FEWEST_FOLDS;
              return (
                <option key={name} value={name} disabled={few && fold?.protocol !== name}>
                  {PROTOCOLS[name].title}
                  {few && ` (needs ${FEWEST_FOLDS} ${PROTOCOLS[name].unit}s)`}
                </option>
              );
            })}
          </select>
        )}
      </Field>
      {fold && (
        <>
          <div className={styles.numbers} key={fold.protocol}>
            {PROTOCOLS[fold.protocol].folds !== null && (
              <NumberField
                label="Folds"
                value={fold.folds}
                min={FEWEST_FOLDS}
                max={Math.max(FEWEST_FOLDS, Math.min(MOST_FOLDS, mostFolds(datasets, set, fold.protocol)))}
                whole
                onChange={(folds) => change({ ...fold, folds, fold: Math.min(fold.fold, folds - 1) })}
                testId="train-folds"
              />
            )}
            <NumberField
              label={fold.protocol === 'leave-one-out' ? 'Dataset' : 'Fold'}
              value={fold.fold + 1}
              min={1}
              max={fold.folds}
              whole
              onChange={(at) => change({ ...fold, fold: at - 1 })}
              testId="train-fold"
            />
            <NumberField
              label="Fold seed"
              value={fold.seed}
              min={0}
              max={9999}
              whole
              onChange={(seed) => change({ ...fold, seed })}
            />
          </div>
          {whole && (
            <p className={styles.names} data-testid="fold-datasets">
              Test: {names('test') || 'nothing'}. Validate: {names('validate') || 'nothing'}.
            </p>
          )}
          <FoldGuard fold={fold} />
        </>
      )}
    </div>
  );
}
