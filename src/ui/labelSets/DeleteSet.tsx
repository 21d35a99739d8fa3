/** Asks before a label set is deleted, by naming what is lost with it. */
import { useEffect, useState } from 'react';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import type { SetEffect } from '../../core/labels/setEffect.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';
import styles from './SetDialogs.module.css';

type Props = {
  set: LabelSet;
  effectOf: (set: LabelSet) => Promise<SetEffect | null>;
  blocked: string | null;
  onDownload: () => void;
  onDelete: () => void;
  onClose: () => void;
};

export function DeleteSet({ set, effectOf, blocked, onDownload, onDelete, onClose }: Props) {
  const given = useGiven(set, effectOf);
  return (
    <Modal
      title={`Delete the label set “${set.name}”?`}
      onClose={onClose}
      testId="set-delete-dialog"
      footer={
        <>
          {blocked && <p role="status">{blocked}</p>}
          <Button onClick={onClose}>Keep it</Button>
          <Button onClick={onDownload}>Download it first</Button>
          <Button
            tone="danger"
            disabled={blocked !== null}
            onClick={onDelete}
            data-testid="set-delete-confirm"
          >
            Delete the set
          </Button>
        </>
      }
    >
      <p>What goes with it:</p>
      <ul className={styles.list}>
        <li>
          {plural(set.classes.length, 'class', 'classes')} with colours, keys and rules:{' '}
          {set.classes.map(({ name }) => name).join(', ')}
        </li>
        <li>
          {given === null
            ? 'Counting the labels given in it …'
            : `${plural(given, 'label')} that somebody, a model or an import gave in it`}
        </li>
      </ul>
      <p>
        Images, other sets, and runs that were trained on it stay. If you import the set’s file again, it has
        its labels back.
      </p>
    </Modal>
  );
}

/** Slices whose label in the set did not come from a tag or a folder; null until they are counted. */
function useGiven(set: LabelSet, effectOf: Props['effectOf']): number | null {
  const [given, setGiven] = useState<number | null>(null);
  useEffect(() => {
    let wanted = true;
    void effectOf({ ...set, classes: [] }).then((effect) => {
      if (wanted && effect)
        setGiven(effect.shifts.reduce((sum, shift) => sum + (shift.given ? shift.slices : 0), 0));
    });
    return () => {
      wanted = false;
    };
  }, [set, effectOf]);
  return given;
}
