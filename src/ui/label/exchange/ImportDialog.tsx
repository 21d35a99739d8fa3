/** Labels from a table: what would change is shown before anything is stored. */
import { useEffect, useState } from 'react';
import type { ImportPlan } from '../../../core/labels/exchange/importPlan.ts';
import type { LabelTable } from '../../../core/labels/exchange/readTable.ts';
import type { LabelSet } from '../../../core/labels/labelSet.ts';
import { useActions, useLab } from '../../context.ts';
import { plural } from '../../format.ts';
import { Button } from '../../parts/Button.tsx';
import { Modal } from '../../parts/Modal.tsx';
import { Check } from './Check.tsx';
import styles from './exchange.module.css';
import { ImportPreview } from './ImportPreview.tsx';
import { LabelFilePick } from './LabelFilePick.tsx';

type Props = { set: LabelSet; onClose: () => void };

export function ImportDialog({ set, onClose }: Props) {
  const actions = useActions();
  const readOnly = useLab((state) => state.readOnly);
  const [table, setTable] = useState<LabelTable | null>(null);
  const [replaceOwn, setReplaceOwn] = useState(false);
  const [plan, setPlan] = useState<ImportPlan | null>(null);
  const [storing, setStoring] = useState(false);

  useEffect(() => {
    let current = true;
    setPlan(null);
    if (table && set)
      void actions.planLabelImport(table, { replaceOwn }).then((found) => {
        if (current) setPlan(found);
      });
    return () => {
      current = false;
    };
    // Another set, or new classes, give another plan.
  }, [actions, table, replaceOwn, set]);

  const store = async (of: ImportPlan) => {
    setStoring(true);
    const stored = await actions.importLabels(of);
    setStoring(false);
    if (stored) onClose();
  };

  return (
    <Modal
      title={`Import labels into “${set.name}”`}
      onClose={onClose}
      testId="import-dialog"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="accent"
            disabled={!plan || plan.changed === 0 || storing || readOnly}
            onClick={() => plan && void store(plan)}
            data-testid="import-store"
          >
            {plan && plan.changed > 0 ? `Change ${plural(plan.changed, 'label')}` : 'Change labels'}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <p>
          A CSV, TSV or JSON file with one row for each file, series or dataset. Columns are found by their
          names, in any order: “class” or “label”, and “file”, “series id”, “SeriesInstanceUID” or “dataset”.
        </p>
        <LabelFilePick table={table} onTable={setTable} testId="import-file" />
        {table && (
          <Check
            title="Also replace labels that you gave"
            checked={replaceOwn}
            onChange={setReplaceOwn}
            testId="import-replace-own"
          >
            Off: they stay. On: the imported ones count as yours.
          </Check>
        )}
        {table && !plan && <p>Looking for these rows …</p>}
        {table && plan && <ImportPreview set={set} table={table} plan={plan} />}
        <p className={styles.note}>
          Nothing is stored before you press the button; Undo takes it back at once.
        </p>
      </div>
    </Modal>
  );
}
