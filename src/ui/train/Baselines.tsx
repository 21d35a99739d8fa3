/** Opens the baselines; while they are made, says how far they are. */
import { useState } from 'react';
import { useLab } from '../context.ts';
import { roughPercent } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { BaselinesDialog } from './BaselinesDialog.tsx';

export function Baselines() {
  const progress = useLab((state) => state.baselines);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        title="What simple means reach on the same splits"
        onClick={() => setOpen(true)}
        data-testid="baselines-open"
      >
        Baselines{progress ? ` ${roughPercent(progress.done / progress.total)}` : ''}
      </Button>
      {open && <BaselinesDialog onClose={() => setOpen(false)} />}
    </>
  );
}
