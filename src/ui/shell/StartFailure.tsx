/** Stands in for the app where it could not start: cause, what happened to the data, next step. */
import type { ErrorRecord } from '../../core/errors.ts';
import { Button } from '../parts/Button.tsx';
import styles from './StartFailure.module.css';

export function StartFailure({ error }: { error: ErrorRecord }) {
  return (
    <main className={styles.page} role="alert">
      <h1>Modality Lab could not start</h1>
      <p>{error.message}</p>
      <p>{error.outcome}</p>
      <p>{error.next}</p>
      <Button tone="accent" onClick={() => location.reload()}>
        Try again
      </Button>
    </main>
  );
}
