/** The kinds of images in a dataset: chips that filter its thumbnails, and the exclusions from training. */
import type { DatasetRow, KindFilter } from '../../app/state.ts';
import { EXCLUDE_REASONS } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { KIND_DESCRIPTIONS, KIND_TITLES, LEAVABLE_WORDS } from '../inspect/words.ts';
import { Button } from '../parts/Button.tsx';
import styles from './KindChips.module.css';

type Props = {
  dataset: DatasetRow;
  only: KindFilter | null;
  onOnly: (only: KindFilter | null) => void;
};

const CHIPS = ['original', 'localizer', 'mosaic', 'capture', 'derived', 'text', 'unknown'] as const;

export function KindChips({ dataset, only, onOnly }: Props) {
  const { kinds } = dataset;
  const present = CHIPS.filter((kind) => kinds[kind] > 0);
  // One kind only and no warning: there is nothing to choose.
  if (present.length < 2 && !present.some((kind) => kind !== 'original' && kind !== 'unknown')) return null;
  return (
    <>
      <fieldset className={styles.chips} data-testid="kind-chips">
        <legend className="spoken">Show only</legend>
        {present.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={only === kind}
            title={KIND_DESCRIPTIONS[kind]}
            onClick={() => onOnly(only === kind ? null : kind)}
            data-testid={`kind-${kind}`}
          >
            {KIND_TITLES[kind]} <span>{count(kinds[kind])}</span>
          </button>
        ))}
      </fieldset>
      <LeaveOut dataset={dataset} />
    </>
  );
}

function LeaveOut({ dataset }: { dataset: DatasetRow }) {
  const datasets = useLab((state) => state.datasets);
  const readOnly = useLab((state) => state.readOnly);
  const actions = useActions();
  const { id, kinds, exclude, excluded } = dataset;
  const choices = EXCLUDE_REASONS.filter((kind) => kinds[kind] > 0 || exclude.includes(kind));
  const everywhere = datasets.every((row) => row.exclude.join() === exclude.join());
  if (choices.length === 0) return null;
  return (
    <details className={styles.leave} data-testid="leave-out">
      <summary>
        {excluded > 0 ? `${plural(excluded, 'slice')} left out of training` : 'Leave out of training …'}
      </summary>
      <fieldset className={styles.kinds} disabled={readOnly}>
        <legend className="spoken">Left out of training</legend>
        {choices.map((kind) => (
          <label key={kind}>
            <input
              type="checkbox"
              checked={exclude.includes(kind)}
              onChange={({ target }) =>
                void actions.setLeaveOut(
                  [id],
                  EXCLUDE_REASONS.filter((one) => (one === kind ? target.checked : exclude.includes(one))),
                )
              }
              data-testid={`leave-${kind}`}
            />
            {LEAVABLE_WORDS[kind]}
          </label>
        ))}
      </fieldset>
      <p>
        Left out, they stay stored, but count in no split: not trained on, not scored, not in the report’s
        numbers. Runs that exist keep their results.
      </p>
      {!everywhere && (
        <Button
          size="small"
          disabled={readOnly}
          onClick={() =>
            void actions.setLeaveOut(
              datasets.map((row) => row.id),
              exclude,
            )
          }
          data-testid="leave-everywhere"
        >
          Same for all {count(datasets.length)} datasets
        </Button>
      )}
    </details>
  );
}
