/** The dialogs about label sets, one at a time: edit, new, import and delete. */
import { useEffect, useMemo, useState } from 'react';
import { copySet } from '../../core/labels/editSet.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { readLabelSet } from '../../core/labels/setFile.ts';
import { DEFAULT_SET } from '../../core/labels/sets/index.ts';
import type { FoundValues } from '../../core/labels/values.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';
import { DeleteSet } from './DeleteSet.tsx';
import { NewSet } from './NewSet.tsx';
import type { LabelSetPort } from './port.ts';
import styles from './SetDialogs.module.css';
import { SetEditor } from './SetEditor.tsx';

export type SetDialog =
  | { kind: 'edit'; set: LabelSet }
  | { kind: 'new' }
  | { kind: 'delete'; set: LabelSet }
  /** An imported set with the id of a stored one. */
  | { kind: 'clash'; set: LabelSet; stored: LabelSet }
  | { kind: 'refused'; faults: readonly string[] };

type Props = {
  port: LabelSetPort;
  /** null: no dialog. */
  open: SetDialog | null;
  onOpen: (dialog: SetDialog | null) => void;
};

export function SetDialogs({ port, open, onOpen }: Props) {
  const trial = useTrial(port, open !== null);
  const close = () => onOpen(null);
  const { sets } = port;
  if (!open || !trial) return null;
  switch (open.kind) {
    case 'edit': {
      const { set } = open;
      const stored = sets.find(({ id }) => id === set.id) ?? null;
      return (
        <SetEditor
          key={set.id}
          opened={set}
          stored={stored}
          others={sets.filter(({ id }) => id !== set.id)}
          values={trial.values}
          effectOf={trial.effectOf}
          blocked={port.blocked}
          onSave={(saved) => {
            close();
            port.put(saved, stored === null);
          }}
          onCopy={(copied) => onOpen({ kind: 'edit', set: copySet(copied, [...sets, copied]) })}
          onDownload={port.download}
          onDelete={
            stored && set.id !== DEFAULT_SET.id ? () => onOpen({ kind: 'delete', set: stored }) : null
          }
          onClose={close}
        />
      );
    }
    case 'new':
      return (
        <NewSet
          sets={sets}
          values={trial.values}
          onGoOn={(set) => onOpen({ kind: 'edit', set })}
          onClose={close}
        />
      );
    case 'delete':
      return (
        <DeleteSet
          set={open.set}
          effectOf={trial.effectOf}
          blocked={port.blocked}
          onDownload={() => port.download(open.set)}
          onDelete={() => {
            close();
            port.remove(open.set.id);
          }}
          onClose={close}
        />
      );
    case 'clash':
      return (
        <Clash
          {...open}
          onReplace={() => onOpen({ kind: 'edit', set: { ...open.set, id: open.stored.id } })}
          onBoth={() => onOpen({ kind: 'edit', set: copySet(open.set, sets) })}
          onClose={close}
        />
      );
    case 'refused':
      return (
        <Modal
          title="The label set was not imported"
          onClose={close}
          testId="set-refused"
          footer={<Button onClick={close}>Close</Button>}
        >
          <ul className={styles.list}>
            {open.faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
          <p>Nothing was changed. Choose a file that this app or a script has written as a label set.</p>
        </Modal>
      );
  }
}

/** The dialog that follows from a file. */
export async function importDialog(file: File, sets: readonly LabelSet[]): Promise<SetDialog> {
  const read = readLabelSet(await file.text());
  if (read.faults) return { kind: 'refused', faults: read.faults };
  const stored = sets.find(({ id }) => id.toLowerCase() === read.set.id.toLowerCase());
  return stored ? { kind: 'clash', set: read.set, stored } : { kind: 'edit', set: read.set };
}

type ClashProps = {
  set: LabelSet;
  stored: LabelSet;
  onReplace: () => void;
  onBoth: () => void;
  onClose: () => void;
};

function Clash({ set, stored, onReplace, onBoth, onClose }: ClashProps) {
  const fixed = stored.id === DEFAULT_SET.id && !sameClasses(set, stored);
  return (
    <Modal
      title="This label set is here already"
      onClose={onClose}
      testId="set-clash"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button onClick={onBoth} data-testid="set-both">
            Keep both
          </Button>
          <Button disabled={fixed} onClick={onReplace} data-testid="set-replace">
            Replace
          </Button>
        </>
      }
    >
      <p>
        The file has the set “{set.name}”, and this project has “{stored.name}” under the same id. Either
        choice shows the set first; nothing is stored before you save it.
      </p>
      <ul className={styles.list}>
        <li>Keep both: the file’s set gets an id of its own, and starts without labels that were given.</li>
        {fixed ? (
          <li>Replace is not possible: the classes of “{stored.name}” stay as they are.</li>
        ) : (
          <li>
            Replace: labels that were given in “{stored.name}” count for the file’s classes of the same id.
          </li>
        )}
      </ul>
    </Modal>
  );
}

function sameClasses(a: LabelSet, b: LabelSet): boolean {
  const names = ({ classes }: LabelSet) => JSON.stringify(classes.map(({ id, name }) => [id, name]));
  return names(a) === names(b);
}

/** Begun when the first dialog opens; ends with the last. */
function useTrial({ begin }: LabelSetPort, needed: boolean) {
  const trial = useMemo(() => (needed ? begin() : null), [begin, needed]);
  const [values, setValues] = useState<FoundValues | null>(null);
  useEffect(() => {
    let wanted = true;
    setValues(null);
    void trial?.values().then((found) => wanted && setValues(found));
    return () => {
      wanted = false;
    };
  }, [trial]);
  return trial && { values, effectOf: trial.effectOf };
}
