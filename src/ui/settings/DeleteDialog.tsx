/** Asks before everything is deleted, by naming what will be lost. */
import { useActions, useLab } from '../context.ts';
import { bytes, plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';
import styles from './DeleteDialog.module.css';

export function DeleteDialog({ onClose }: { onClose: () => void }) {
  const projects = useLab((state) => state.projects);
  const datasets = useLab((state) => state.datasets);
  const runs = useLab((state) => state.runs);
  const stored = useLab((state) => state.storedBytes);
  const training = useLab((state) => state.live !== null);
  const actions = useActions();
  const slices = datasets.reduce((sum, { kinds }) => sum + kinds.all, 0);
  return (
    <Modal
      title="Delete everything?"
      onClose={onClose}
      testId="delete-dialog"
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            tone="danger"
            data-testid="delete-confirm"
            onClick={() => {
              onClose();
              void actions.deleteEverything();
            }}
          >
            Delete {plural(projects.length, 'project')} for good
          </Button>
        </>
      }
    >
      {training && <p>A training is under way: it ends, and its model is deleted as well.</p>}
      <p>This cannot be undone. It ends what other tabs of this app are at, and removes from this browser:</p>
      <ul className={styles.lost}>
        {projects.map(({ id, name }) => (
          <li key={id}>the project “{name}”</li>
        ))}
        <li>
          in the open one: {plural(datasets.length, 'dataset')} with {plural(slices, 'slice')} and their
          labels
        </li>
        <li>and {plural(runs.length, 'run')} with trained weights and results</li>
        <li>{bytes(stored)} in all, this app’s preferences, and its copy that opens without the server</li>
      </ul>
      <p>Your own image files are not touched. Download weights and reports you want to keep first.</p>
    </Modal>
  );
}
