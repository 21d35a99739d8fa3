/** What is rarely done: caps, the table and the manifest of all datasets, and practice data beside real ones. */
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Popup } from '../parts/Popup.tsx';
import styles from './DatasetMenu.module.css';

export function DatasetMenu() {
  const blocked = useLab((state) => state.readOnly || state.job !== null);
  const actions = useActions();
  const acts = [
    {
      testId: 'open-caps',
      label: 'Caps …',
      what: 'The most slices of a class that a dataset gives',
      disabled: blocked,
      run: () => actions.look({ caps: 'open' }, 'open'),
    },
    {
      testId: 'open-table',
      label: 'Table …',
      what: 'Export, import, and the datasets of the paper',
      disabled: false,
      run: () => actions.look({ table: 'open' }, 'open'),
    },
    {
      testId: 'download-datasets',
      label: 'Download datasets.json',
      what: 'Names, splits and locations as a datasets.json. Put it beside the folders of these names: it is read with them.',
      disabled: false,
      run: () => void actions.download({ kind: 'datasets' }),
    },
    {
      testId: 'choose-practice',
      label: 'Practice data …',
      what: 'Simulated patients, beside these datasets',
      disabled: blocked,
      run: () => actions.look({ practice: 'open' }, 'open'),
    },
  ];
  return (
    <Popup label="More" name="More" width={300} testId="dataset-menu">
      <ul className={styles.acts}>
        {acts.map(({ testId, label, what, disabled, run }) => (
          <li key={testId}>
            <Button
              tone="quiet"
              className={styles.act}
              disabled={disabled}
              data-testid={testId}
              onClick={({ currentTarget }) => {
                // First: the focus goes back to the menu's button, and from there into a dialog.
                currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
                run();
              }}
            >
              <span>{label}</span>
              <span className={styles.what}>{what}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Popup>
  );
}
