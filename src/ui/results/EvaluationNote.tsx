/** The weights and data of the figures, if they differ from the expected ones. */
import type { RunRow } from '../../app/state.ts';
import { bestEpoch } from '../../core/train/choice.ts';
import { moment, percent, plural } from '../format.ts';
import { Callout } from '../parts/Message.tsx';
import { EvaluateButton } from './EvaluateButton.tsx';

export function EvaluationNote({ run }: { run: RunRow }) {
  const { evaluated, config, status, history } = run;
  if (!evaluated) return null;
  const chosen = config.epochBy === 'validate' ? bestEpoch(history) : null;
  const isOlder = evaluated.epoch < history.length && evaluated.epoch !== chosen?.epoch;
  if (status === 'finished' && isOlder) {
    return (
      <Callout tone="warn" title="These are the figures of an older state of this run." testId="older-state">
        <p>
          The newest stored state is damaged. Figures and weights are those after epoch {evaluated.epoch} of{' '}
          {config.epochs}, step {evaluated.step}.
        </p>
      </Callout>
    );
  }
  if (!evaluated.complete) {
    return (
      <Callout tone="info" title="Not every split was evaluated." testId="not-complete">
        <p>The evaluation was ended early.</p>
        <EvaluateButton run={run} />
      </Callout>
    );
  }
  if (evaluated.datasets) {
    return (
      <Callout
        tone="info"
        title="Evaluated on other data than it froze at its start."
        testId="evaluated-later"
      >
        <p>
          The evaluation was made on {moment(evaluated.atMs)}, on the{' '}
          {plural(evaluated.datasets.length, 'dataset')} of that time.
        </p>
      </Callout>
    );
  }
  if (chosen && status === 'finished')
    return (
      <Callout
        tone="info"
        title={`These are the figures of epoch ${evaluated.epoch} of ${history.length}.`}
        testId="chosen-epoch"
      >
        <p>
          Its balanced accuracy in validation was the highest, {percent(chosen.validateBalancedAccuracy!)}.
          Chosen on them, the figures of validate are a little too good; those of test are not.
        </p>
      </Callout>
    );
  if (status === 'finished' && history.length > 0 && history.length < config.epochs)
    return (
      <Callout
        tone="info"
        title={`The training ended after epoch ${history.length} of ${config.epochs}.`}
        testId="ended-early"
      >
        <p>No later epoch was better in validation for as long as its patience says.</p>
      </Callout>
    );
  return null;
}
