/** The bottom line: device, stored data, and the privacy promise. */

import type { State } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import { deviceName } from '../device.ts';
import { bytes, plural } from '../format.ts';
import { FIRST_GUIDE, PAGES } from '../pages.ts';
import { Icon } from '../parts/Icon.tsx';
import { isEvaluated } from '../runs.ts';
import styles from './StatusBar.module.css';

export function StatusBar({ onKeys }: { onKeys: () => void }) {
  const device = useLab((state) => state.device);
  const stored = useLab((state) => state.storedBytes);
  const slices = useLab((state) => state.datasets.reduce((sum, dataset) => sum + dataset.slices, 0));
  const guide = useLab(guideOf);
  const actions = useActions();
  return (
    <footer className={styles.status}>
      <button
        type="button"
        className={styles.item}
        title={device?.reason ?? 'Looking for a device'}
        onClick={() => actions.go('settings')}
        data-testid="status-device"
      >
        <span className={device ? styles.ready : styles.waiting} />
        {device ? deviceName(device) : 'Looking for a device …'}
      </button>
      <span className={styles.stored} data-testid="status-stored">
        {plural(slices, 'slice')} · {bytes(stored)}
      </span>
      <span className={styles.guide}>{guide}</span>
      <span className={styles.promise}>
        <Icon name="shield" size={14} />
        nothing leaves this machine
      </span>
      <button
        type="button"
        className={styles.item}
        onClick={onKeys}
        aria-label="Keys"
        data-testid="open-keys"
      >
        <kbd>?</kbd>
      </button>
    </footer>
  );
}

function guideOf({ known, ready, page, datasets, job, runs, detail }: State): string {
  // An unknown address has no guidance.
  if (!known) return '';
  if (ready && !job && page === 'data' && datasets.length === 0) return FIRST_GUIDE;
  // Nothing is to be pressed where nothing is shown.
  if (page === 'results' && !runs.some((run) => isEvaluated(run) && (!detail || run.id === detail)))
    return '';
  return PAGES[page].guide;
}
