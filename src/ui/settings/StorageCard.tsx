/** The data stored in this browser, and a button to delete all. */
import { useState } from 'react';
import { SLICE_BYTES } from '../../core/types.ts';
import { useLab } from '../context.ts';
import { bytes, count } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Card } from './Card.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';

export function StorageCard() {
  const stored = useLab((state) => state.storedBytes);
  const slices = useLab((state) => state.datasets.reduce((sum, { kinds }) => sum + kinds.all, 0));
  const runs = useLab((state) => state.runs);
  const unfinished = runs.filter(({ status }) => status !== 'finished' && status !== 'stopped').length;
  const readOnly = useLab((state) => state.readOnly);
  const [asking, setAsking] = useState(false);
  return (
    <Card title="Storage">
      <dl data-testid="storage-facts">
        <dt>In use</dt>
        <dd>
          <strong>{bytes(stored)}</strong>, all projects together
        </dd>
        <dt>This project</dt>
        <dd>
          {count(slices)} slices, {bytes(slices * SLICE_BYTES)} of pixels
        </dd>
        <dt>Runs</dt>
        <dd>
          {count(runs.length)}, with their weights
          {unfinished > 0 && `; ${count(unfinished)} not finished, with what resuming takes`}
        </dd>
      </dl>
      <p>
        The browser keeps this on your disk. Clearing its site data removes it, and so does this button. The
        app can read nothing of it afterwards; the browser frees the room in its own time, and until it writes
        over it, traces may be found on the disk with special tools.
      </p>
      <div>
        <Button
          tone="danger"
          disabled={readOnly}
          onClick={() => setAsking(true)}
          data-testid="delete-everything"
        >
          Delete everything …
        </Button>
      </div>
      {asking && <DeleteDialog onClose={() => setAsking(false)} />}
    </Card>
  );
}
