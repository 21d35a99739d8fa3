/** The project's label sets: what each has, and where to edit, make and import them. */
import { useRef, useState } from 'react';
import { importDialog, type SetDialog, SetDialogs } from '../labelSets/SetDialogs.tsx';
import { SetFile } from '../labelSets/SetFile.tsx';
import { useLabelSets } from '../labelSets/useLabelSets.ts';
import { Button } from '../parts/Button.tsx';
import { Card } from './Card.tsx';
import styles from './LabelSetsCard.module.css';

export function LabelSetsCard() {
  const port = useLabelSets();
  const picker = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState<SetDialog | null>(null);
  return (
    <Card title="Label sets">
      <p>
        A set has the classes that slices are labelled with. Labels given in one set say nothing in another.
      </p>
      <ul className={styles.sets} data-testid="label-sets">
        {port.sets.map((set) => (
          <li key={set.id}>
            <div>
              <strong>{set.name}</strong>{' '}
              {set.id === port.active && <span className={styles.used}>in use</span>}
              <small>
                {set.classes.map((one) => (
                  <span key={one.id} className={styles.class}>
                    <span style={{ background: one.colour }} data-mark aria-hidden="true" />
                    {one.name}
                  </span>
                ))}
              </small>
            </div>
            {set.id !== port.active && (
              <Button
                size="small"
                aria-label={`Use ${set.name}`}
                data-testid="label-set-use"
                onClick={() => port.use(set.id)}
              >
                Use
              </Button>
            )}
            <Button
              size="small"
              aria-label={`Edit ${set.name}`}
              data-testid="label-set-edit"
              onClick={() => setOpen({ kind: 'edit', set })}
            >
              Edit …
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles.acts}>
        <Button onClick={() => setOpen({ kind: 'new' })} data-testid="label-set-new">
          New set …
        </Button>
        <Button onClick={() => picker.current?.click()} data-testid="label-set-import">
          Import a set …
        </Button>
      </div>
      <SetFile ref={picker} onFile={(file) => void importDialog(file, port.sets).then(setOpen)} />
      <SetDialogs port={port} open={open} onOpen={setOpen} />
    </Card>
  );
}
