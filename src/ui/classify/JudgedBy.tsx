/** Tells that rows were judged by another model than the chosen one, or by none, and offers to judge them again. */
import { isSameModel } from '../../core/classify/choice.ts';
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { useActions, useLab } from '../context.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Callout } from '../parts/Message.tsx';
import styles from './ClassifyPage.module.css';
import type { Judging } from './model.ts';

export function JudgedBy({ model, series }: { model: Judging; series: JudgedSeries[] }) {
  const job = useLab((state) => state.job);
  const actions = useActions();
  const others = series.filter(({ judge }) => !isSameModel(judge?.model, model.choice));
  if (others.length === 0 || job?.kind === 'classify') return null;
  const titles = [...new Set(others.map(({ judge }) => judge?.title ?? 'no model'))];
  return (
    <Callout
      tone="info"
      title={`${plural(others.length, 'series', 'series')} of ${series.length} judged by ${titles.join(', ')}.`}
      testId="judged-by"
    >
      <p className={styles.again}>
        Rows that {model.title} did not judge say so.
        <Button
          size="small"
          disabled={job !== null}
          onClick={() => void actions.classifyAgain(model.choice)}
          data-testid="classify-again"
        >
          Classify again with {model.title}
        </Button>
      </p>
    </Callout>
  );
}
