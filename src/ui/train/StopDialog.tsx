/** Asks, when a training is to stop, whether its model is evaluated now or later. */
import type { LiveRun } from '../../app/state.ts';
import { evaluationSeconds } from '../../core/train/estimate.ts';
import { useActions, useLab } from '../context.ts';
import { remaining } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';
import { evaluatedWords } from '../runs.ts';
import { useRunSlices } from './Plan.tsx';

export function StopDialog({ live, onClose }: { live: LiveRun; onClose: () => void }) {
  const actions = useActions();
  const run = useLab((state) => state.runs.find(({ id }) => id === live.run));
  const config = run?.config;
  const rate = live.latest?.imagesPerSecond ?? 0;
  const { train, validate, test } = useRunSlices(config ?? {});
  const learned = Math.round(train * (config?.share?.part ?? 1));
  const images = learned + validate + (config?.testOnDemand ? 0 : test);
  const stop = (evaluate: boolean) => {
    onClose();
    void actions.stopRun(evaluate);
  };
  return (
    <Modal
      title="Stop this training?"
      onClose={onClose}
      testId="stop-dialog"
      footer={
        <>
          <Button onClick={onClose}>Go on training</Button>
          <Button onClick={() => stop(false)} data-testid="stop-keep">
            Keep only the model
          </Button>
          <Button tone="accent" onClick={() => stop(true)} data-testid="stop-evaluate">
            Stop and evaluate
          </Button>
        </>
      }
    >
      <p>
        What was learned up to the last whole step is kept. Evaluating it on {evaluatedWords(run)} takes
        {rate > 0 ? ` about ${remaining(evaluationSeconds(images, rate))}` : ' a while'}; the Results page can
        also do so later.
      </p>
    </Modal>
  );
}
