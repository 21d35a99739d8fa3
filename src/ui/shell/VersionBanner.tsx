/** Offers the new version of the app, which is loaded only by a press of its button. */
import { isAtWork } from '../../app/working.ts';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './Banner.module.css';

export function VersionBanner() {
  const newer = useLab((state) => state.offline.newer);
  const working = useLab(isAtWork);
  const actions = useActions();
  if (!newer) return null;
  return (
    <div className={styles.banner} role="status" data-testid="new-version">
      <Icon name="info" />
      <span>
        A new version is ready.
        {working && ' It can be loaded when what is under way here has ended.'}
      </span>
      <Button size="small" disabled={working} onClick={() => void actions.renew()} data-testid="renew">
        Reload
      </Button>
    </div>
  );
}
