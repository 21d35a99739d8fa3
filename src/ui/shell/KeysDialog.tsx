/** What each key does. */
import { Modal } from '../parts/Modal.tsx';
import styles from './KeysDialog.module.css';
import { BUILT_IN, SHORTCUTS } from './shortcuts.ts';

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal title="Keys" onClose={onClose} testId="keys-dialog">
      <dl className={styles.keys}>
        {[...SHORTCUTS, ...BUILT_IN].map(({ keys, label }) => (
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
      <p className={styles.note}>
        Files and folders can be dropped anywhere on the window: on Classify they are classified, everywhere
        else they are added to the project.
      </p>
    </Modal>
  );
}
