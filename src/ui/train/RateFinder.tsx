/** Looks for a learning rate: a button in the form, and the dialog with the curve and what is suggested. */
import type { Finding } from '../../app/findRate.ts';
import { RATES } from '../../core/train/rateFinder.ts';
import type { RunConfig } from '../../core/train/run.ts';
import { RateChart } from '../charts/RateChart.tsx';
import { useActions, useLab } from '../context.ts';
import { learningRate } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';
import styles from './RateFinder.module.css';

export function RateFinder({ config, blocked }: { config: RunConfig; blocked: boolean }) {
  const actions = useActions();
  return (
    <div className={styles.finder}>
      <Button
        size="small"
        disabled={blocked}
        title={`Trains ${RATES.steps} steps with these settings while the rate grows; takes about as long as they do`}
        onClick={() => void actions.findRate(config)}
        data-testid="rate-find"
      >
        Find a learning rate …
      </Button>
    </div>
  );
}

/** Its dialog, while there is a search: not inside what folds away. */
export function RateFound({ onTake }: { onTake: (rate: number) => void }) {
  const finding = useLab((state) => state.finding);
  const actions = useActions();
  if (!finding) return null;
  return (
    <RateDialog
      finding={finding}
      onTake={(rate) => {
        onTake(Number(learningRate(rate)));
        actions.closeFinding();
      }}
      onClose={actions.closeFinding}
    />
  );
}

type DialogProps = { finding: Finding; onTake: (rate: number) => void; onClose: () => void };

function RateDialog({ finding, onTake, onClose }: DialogProps) {
  const { state, points, steps, found } = finding;
  const running = state === 'running';
  return (
    <Modal
      title="Find a learning rate"
      testId="rate-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{running ? 'Cancel' : 'Close'}</Button>
          {found && (
            <>
              <Button onClick={() => onTake(found.minimum)} data-testid="rate-minimum">
                Take {learningRate(found.minimum)}, a tenth of the minimum
              </Button>
              <Button tone="accent" onClick={() => onTake(found.steepest)} data-testid="rate-steepest">
                Take {learningRate(found.steepest)}, the steepest descent
              </Button>
            </>
          )}
        </>
      }
    >
      <p>
        The rate grows from {learningRate(RATES.from)} to {learningRate(RATES.to)} while the network learns
        (Smith 2017). A good rate is where the loss falls fastest; where it rises, the rate is too large.
        Nothing of this is stored.
      </p>
      {running ? (
        <p className={styles.progress} data-testid="rate-progress">
          <progress aria-label="Steps with growing rates" max={steps} value={points.length} />
          {points.length === 0 ? 'Preparing data and device' : `Step ${points.length} of at most ${steps}`}
        </p>
      ) : (
        <p data-testid="rate-result" aria-live="polite">
          {resultWords(finding)}
        </p>
      )}
      <RateChart points={points} found={found} />
    </Modal>
  );
}

export function resultWords({ points, steps, found }: Finding): string {
  const end =
    points.length < steps
      ? `The loss rose at a rate of ${learningRate(points.at(-1)?.rate ?? RATES.from)}, and the search ended.`
      : 'The loss stayed low up to the largest rate.';
  return found
    ? `${end} It fell fastest at ${learningRate(found.steepest)}.`
    : `${end} It fell at no rate, so none is suggested: look at the data, the batch or the network.`;
}
