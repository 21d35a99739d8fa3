/** Says that another tab holds the project, and offers to take it over. */
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './ReadOnlyBanner.module.css';

export function ReadOnlyBanner() {
  const readOnly = useLab((state) => state.readOnly);
  const actions = useActions();
  if (!readOnly) return null;
  return (
    <div className={styles.banner} role="status" data-testid="read-only">
      <Icon name="info" />
      <span>Another tab is at work in this project, so this one only shows it.</span>
      <Button size="small" onClick={() => void actions.takeOver()} data-testid="take-over">
        Take over
      </Button>
    </div>
  );
}
