/** A run without an evaluation: the reason and the next step. */
import type { RunRow } from '../../app/state.ts';
import { useActions } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Empty } from '../parts/Message.tsx';
import { evaluatedWords, isActive, savedSentence } from '../runs.ts';
import { EvaluateButton } from './EvaluateButton.tsx';
import styles from './Pending.module.css';

export function Pending({ run }: { run: RunRow }) {
  const actions = useActions();
  const words = sentence(run);
  return (
    <Empty
      icon={run.status === 'failed' ? 'warning' : 'results'}
      title={words.title}
      testId="results-pending"
    >
      <p>{words.text}</p>
      <div className={styles.acts}>
        {(run.status === 'finished' || run.status === 'stopped') && (
          <EvaluateButton run={run} tone="accent" />
        )}
        <Button onClick={() => actions.go('train', run.id)}>
          {isActive(run) ? 'Watch it' : 'Open in Train'}
        </Button>
      </div>
    </Empty>
  );
}

function sentence(run: RunRow): { title: string; text: string } {
  switch (run.status) {
    case 'queued':
      return {
        title: 'Not yet trained',
        text: 'It waits in the queue of the Train page.',
      };
    case 'running':
    case 'paused':
      return {
        title: 'Not yet evaluated',
        text: `The results appear here as soon as the training ends and it has been evaluated on ${evaluatedWords(run)}.`,
      };
    case 'interrupted':
      return {
        title: 'Interrupted before its evaluation',
        text: savedSentence(run),
      };
    case 'failed':
      return {
        title: run.error?.title ?? 'The run failed',
        text: run.error ? `${run.error.detail} ${run.error.next}` : 'Start it again on the Train page.',
      };
    case 'finished':
    case 'stopped':
      return {
        title: 'Not evaluated',
        text: `Its model is stored, its evaluation was left for later. Evaluate tells how well it does on ${evaluatedWords(run)}.`,
      };
    default:
      return run.status satisfies never;
  }
}
