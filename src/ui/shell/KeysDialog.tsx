/** What each key does. */
import { CLASSIFY_KEYS } from '../classify/keys.ts';
import { INSPECTOR_KEYS } from '../inspect/keys.ts';
import { DOUBT_KEYS } from '../label/doubtKeys.ts';
import { LABEL_KEYS } from '../label/keys.ts';
import { Modal } from '../parts/Modal.tsx';
import { FIGURE_KEYS } from '../results/keys.ts';
import styles from './KeysDialog.module.css';
import { BUILT_IN, SHORTCUTS } from './shortcuts.ts';

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal title="Keys" onClose={onClose} testId="keys-dialog">
      <Keys keys={[...SHORTCUTS, ...BUILT_IN]} />
      <h3 className={styles.title}>On the Label page</h3>
      <Keys keys={LABEL_KEYS} />
      <h3 className={styles.title}>Among doubts</h3>
      <Keys keys={DOUBT_KEYS} />
      <h3 className={styles.title}>On the Classify page, and the others as on the Label page</h3>
      <Keys keys={CLASSIFY_KEYS} />
      <h3 className={styles.title}>On the slices behind a figure of Results</h3>
      <Keys keys={FIGURE_KEYS} />
      <h3 className={styles.title}>In the inspector</h3>
      <Keys keys={INSPECTOR_KEYS} />
      <p className={styles.note}>
        Files and folders can be dropped anywhere on the window: on Classify they are classified, everywhere
        else they are added to the project.
      </p>
    </Modal>
  );
}

function Keys({ keys: rows }: { keys: readonly { keys: readonly string[]; label: string }[] }) {
  return (
    <dl className={styles.keys}>
      {rows.map(({ keys, label }) => (
        <div key={label}>
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{label}</dd>
        </div>
      ))}
    </dl>
  );
}
