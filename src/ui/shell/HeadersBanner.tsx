/** Says what it costs that the page's server does not send the app's headers, and how to mend it. */
import { isAtWork } from '../../app/working.ts';
import { useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './Banner.module.css';

const ISOLATION = ['Cross-Origin-Opener-Policy', 'Cross-Origin-Embedder-Policy'];

export function HeadersBanner() {
  const lacking = useLab((state) => state.offline.lacking);
  const kept = useLab((state) => state.offline.copy === 'kept');
  const working = useLab(isAtWork);
  if (lacking.length === 0) return null;
  return (
    <div className={styles.banner} role="status" data-testid="headers-lacking">
      <Icon name="warning" />
      <span>
        This page came without headers of the app ({lacking.join(', ')}).
        {lacking.some((name) => ISOLATION.includes(name)) &&
          ' The browser lets it compute on one thread only, which is slower.'}
        {lacking.includes('Content-Security-Policy') &&
          ' The page’s own copy of the policy still refuses requests to other places; its workers have none, and pop-ups and frames around the page are not refused.'}
        {kept
          ? ' After a reload this browser’s own copy of the app has them all.'
          : ' The rules for the server are in the folder of the app.'}
      </span>
      {kept && (
        <Button size="small" disabled={working} onClick={() => location.reload()} data-testid="reload-copy">
          Reload
        </Button>
      )}
    </div>
  );
}
