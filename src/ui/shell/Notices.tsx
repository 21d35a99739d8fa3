/** Messages above everything: cause, outcome, next step, and an action. */
import type { Notice } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './Notices.module.css';

const ICONS = { info: 'info', success: 'check', error: 'warning' } as const;

export function Notices() {
  const notices = useLab((state) => state.notices);
  return (
    <section className={styles.notices} aria-label="Notices">
      <div aria-live="polite" className={styles.list}>
        {notices
          .filter(({ tone }) => tone !== 'error')
          .map((notice) => (
            <Card key={notice.id} notice={notice} />
          ))}
      </div>
      <div aria-live="assertive" className={styles.list}>
        {notices
          .filter(({ tone }) => tone === 'error')
          .map((notice) => (
            <Card key={notice.id} notice={notice} />
          ))}
      </div>
    </section>
  );
}

function Card({ notice }: { notice: Notice }) {
  const actions = useActions();
  const { action } = notice;
  return (
    <div className={`${styles.notice} ${styles[notice.tone]}`} data-testid="notice" data-tone={notice.tone}>
      <Icon name={ICONS[notice.tone]} />
      <div className={styles.text}>
        <strong>{notice.title}</strong>
        {notice.detail && <p>{notice.detail}</p>}
        {notice.next && <p>{notice.next}</p>}
      </div>
      {action && (
        <Button
          size="small"
          data-testid="notice-action"
          onClick={() => {
            action.run();
            actions.dismiss(notice.id);
          }}
        >
          {action.label}
        </Button>
      )}
      <Button tone="quiet" size="small" aria-label="Dismiss" onClick={() => actions.dismiss(notice.id)}>
        <Icon name="close" size={14} />
      </Button>
    </div>
  );
}
