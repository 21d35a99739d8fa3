/** Replaces the app if it could not start or can't continue: cause, what happened to the data, next step. */
import type { ErrorRecord } from '../../core/errors.ts';
import { Button } from '../parts/Button.tsx';
import styles from './StartFailure.module.css';

type Props = { error: ErrorRecord; title?: string };

export function StartFailure({ error, title = 'Modality Lab could not start' }: Props) {
  return (
    <main className={styles.page} role="alert" data-testid="failure" data-code={error.code}>
      <h1>{title}</h1>
      <p>{error.message}</p>
      <p>{error.outcome}</p>
      <p>{error.next}</p>
      <Button tone="accent" onClick={() => location.reload()}>
        {error.code === 'storage-gone' || error.code === 'project-missing' ? 'Reload' : 'Try again'}
      </Button>
    </main>
  );
}
