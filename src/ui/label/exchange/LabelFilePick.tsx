/** Picks a file of labels and reads it; says at once if it can't be used. */
import { useState } from 'react';
import { isFault, type LabelTable, TABLE_FAULTS } from '../../../core/labels/exchange/readTable.ts';
import { useActions } from '../../context.ts';
import { plural } from '../../format.ts';
import { FilePick } from '../../parts/FilePick.tsx';
import { Callout } from '../../parts/Message.tsx';
import styles from './exchange.module.css';

type Props = {
  table: LabelTable | null;
  /** null: the file can't be used. */
  onTable: (table: LabelTable | null) => void;
  testId: string;
};

export function LabelFilePick({ table, onTable, testId }: Props) {
  const actions = useActions();
  const [name, setName] = useState('');
  const [fault, setFault] = useState<keyof typeof TABLE_FAULTS | null>(null);
  const read = async ([file]: File[]) => {
    setName(file.name);
    const found = await actions.readLabelFile(file);
    setFault(found && isFault(found) ? found.fault : null);
    onTable(found && !isFault(found) ? found : null);
  };
  return (
    <>
      <div className={styles.row}>
        <FilePick kind="labels" onPick={(files) => void read(files)} testId={testId} />
        {table && (
          <span>
            {name}: {plural(table.rows.length, 'row')}
          </span>
        )}
      </div>
      {fault && (
        <Callout tone="error" title={TABLE_FAULTS[fault]} testId={`${testId}-fault`}>
          Nothing was read from {name}. Choose another file, or give its columns these names.
        </Callout>
      )}
    </>
  );
}
