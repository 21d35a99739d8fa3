/** Asks before a run is deleted, naming everything that is deleted with it. */
import type { RunRow } from '../../app/state.ts';
import { useActions } from '../context.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';

export function DeleteRunDialog({ run, onClose }: { run: RunRow; onClose: () => void }) {
  const actions = useActions();
  return (
    <Modal
      title={`Delete ${run.title}?`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            tone="danger"
            data-testid="run-delete-confirm"
            onClick={() => {
              onClose();
              actions.go('train');
              void actions.deleteRun(run.id);
            }}
          >
            Delete for good
          </Button>
        </>
      }
    >
      <p>
        Its weights and checkpoints, the record of {plural(run.history.length, 'epoch')}
        {run.evaluation ? ' and its results' : ''} are lost. This cannot be undone. The data it learned from
        stays.
      </p>
    </Modal>
  );
}
