/** The report of the shown run, or of all that are compared, and the card of its model. */
import type { RunRow } from '../../app/state.ts';
import { baselineOf } from '../../core/baselines/meta.ts';
import { useActions } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './ReportButtons.module.css';

type Props = {
  current: RunRow;
  /** All that are compared, the current one among them. */
  compared: readonly RunRow[];
};

export function ReportButtons({ current, compared }: Props) {
  const actions = useActions();
  if (!current.evaluation) return null;
  const runs = [current, ...compared.filter(({ id }) => id !== current.id)].map(({ id }) => id);
  return (
    <div className={styles.buttons}>
      <Button
        title="One page to print or hand in: data, split, tables, figures, limits, methods and the record"
        data-testid="download-study"
        onClick={() => void actions.download({ kind: 'study', runs })}
      >
        <Icon name="download" />
        {runs.length > 1 ? `Report of ${runs.length} runs` : 'Report'}
      </Button>
      <Button
        title="The numbers of that page as JSON, for programs"
        data-testid="download-study-json"
        onClick={() => void actions.download({ kind: 'study-json', runs })}
      >
        As JSON
      </Button>
      {!baselineOf(current.config) && (
        <Button
          title="What the model is for, what it learned from, and where it fails, as Markdown"
          data-testid="download-model-card"
          onClick={() => void actions.download({ kind: 'model-card', run: current.id })}
        >
          Model card
        </Button>
      )}
    </div>
  );
}
