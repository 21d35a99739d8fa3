/** Lists changes of a run's data since it began; empty without changes. */
import { useEffect, useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import { plural } from '../format.ts';
import { isActive } from '../runs.ts';
import styles from './ChangedNote.module.css';
import { Icon } from './Icon.tsx';

export function ChangedNote({ run }: { run: RunRow }) {
  const changes = useChanges(run);
  if (!run.frozen && !isActive(run)) {
    return (
      <p className={styles.plain} data-testid="run-unrecorded">
        This run was stored by an earlier version of the app, which did not record its data and how they were
        read. Its settings and figures are its own.
      </p>
    );
  }
  if (changes.length === 0) return null;
  return (
    <details className={styles.note} data-testid="run-changed">
      <summary>
        <Icon name="info" />
        The data have changed since this run: {plural(changes.length, 'change')}
      </summary>
      <ul>
        {changes.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
      <p>
        The figures here are those of the data as they were. A new run would learn from what there is now.
      </p>
    </details>
  );
}

function useChanges(run: RunRow): string[] {
  const actions = useActions();
  const datasets = useLab((state) => state.datasets);
  const [changes, setChanges] = useState<string[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: changed datasets may mean other changes
  useEffect(() => {
    let wanted = true;
    actions.changesSince(run.id).then(
      (found) => {
        if (wanted) setChanges(found);
      },
      // Unknown: show nothing.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [actions, run.id, run.frozen, datasets]);
  return changes;
}
