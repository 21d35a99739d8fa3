/** Results of runs: a comparison, then one run in detail. */
import { useState } from 'react';
import { baselineOf } from '../../core/baselines/meta.ts';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Empty } from '../parts/Message.tsx';
import { isEvaluated, newestFirst } from '../runs.ts';
import { CompareTable } from './CompareTable.tsx';
import { LearningCurves } from './LearningCurves.tsx';
import { useLookAtTest } from './looks.ts';
import { ReportButtons } from './ReportButtons.tsx';
import styles from './ResultsPage.module.css';
import { RunChips } from './RunChips.tsx';
import { RunComparison } from './RunComparison.tsx';
import { RunResults } from './RunResults.tsx';

/** Three networks with three seeds, and three to compare them with: more curves cannot be told apart. */
const MOST_COMPARED = 12;

export function ResultsPage() {
  const detail = useLab((state) => state.detail);
  // A run that waits in the queue has nothing to show, unless it is asked for.
  const all = newestFirst(useLab((state) => state.runs)).filter(
    ({ id, status }) => status !== 'queued' || id === detail,
  );
  // Networks first: baselines are what they are compared with.
  const runs = [
    ...all.filter(({ config }) => !baselineOf(config)),
    ...all.filter(({ config }) => baselineOf(config)),
  ];
  const actions = useActions();
  const [compared, setCompared] = useState<string[]>([]);

  const current =
    runs.find(({ id }) => id === detail) ?? runs.find(({ evaluation }) => evaluation) ?? runs[0];
  // A run without results would be a row of dashes.
  const rows = current
    ? runs.filter((run) => isEvaluated(run) && (run.id === current.id || compared.includes(run.id)))
    : [];
  // The comparison has figures of test.
  useLookAtTest(rows.length > 1 ? rows : []);
  if (!current) {
    return (
      <>
        <h1 className="spoken">Results</h1>
        <Empty icon="results" title="No results yet" testId="results-empty">
          <p>Train a model; its accuracy on data it has never seen appears here.</p>
          <Button tone="accent" onClick={() => actions.go('train')}>
            Go to Train
          </Button>
        </Empty>
      </>
    );
  }

  const toggle = (id: string) =>
    setCompared((ids) =>
      ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id].slice(1 - MOST_COMPARED),
    );

  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>Results</h1>
        <RunChips
          runs={runs}
          current={current.id}
          compared={compared}
          most={MOST_COMPARED}
          onOpen={(id) => actions.go('results', id)}
          onToggle={toggle}
          onClear={() => setCompared([])}
        />
        <ReportButtons current={current} compared={rows} />
      </header>
      {rows.length > 1 && (
        <CompareTable runs={rows} current={current.id} onOpen={(id) => actions.go('results', id)} />
      )}
      {rows.length > 1 && <RunComparison runs={rows} />}
      <LearningCurves runs={runs} current={current.id} />
      <RunResults key={current.id} run={current} compared={rows.filter(({ id }) => id !== current.id)} />
    </div>
  );
}
