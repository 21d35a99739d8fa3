/** Evaluates a run's stored model on its splits, without one that is closed, on the data as they are now. */
import type { RunRow } from '../../app/state.ts';
import { evaluationSeconds } from '../../core/train/estimate.ts';
import { useActions, useLab } from '../context.ts';
import { remaining } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { isActive } from '../runs.ts';
import { useRunSlices } from '../train/Plan.tsx';
import { useTaken } from '../useTaken.ts';

type Props = {
  run: RunRow;
  label?: string;
  size?: 'small' | 'normal';
  tone?: 'plain' | 'accent';
  /** Also test that was to stay closed. */
  openTest?: boolean;
};

export function EvaluateButton({
  run,
  label = 'Evaluate',
  size = 'normal',
  tone = 'plain',
  openTest = false,
}: Props) {
  const blocked = useLab((state) => state.readOnly || state.runs.some(isActive));
  const taken = useTaken();
  const actions = useActions();
  const { train, validate, test } = useRunSlices(run.config);
  const closed = run.config.testOnDemand && !run.evaluation?.test;
  const learned = Math.round(train * (run.config.share?.part ?? 1));
  const images = openTest ? test : learned + validate + (closed ? 0 : test);
  const seconds = run.imagesPerSecond && evaluationSeconds(images, run.imagesPerSecond);
  return (
    <Button
      size={size}
      tone={tone}
      disabled={blocked || taken !== null}
      title={taken ?? `On the data as they are now${seconds ? `, about ${remaining(seconds)}` : ''}`}
      onClick={() => void actions.evaluateRun(run.id, openTest)}
      data-testid={openTest ? 'evaluate-test' : 'run-evaluate'}
    >
      {label}
    </Button>
  );
}
