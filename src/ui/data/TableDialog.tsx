/** The datasets as a file, written and read, and which datasets of the paper are here. */
import { useMemo, useState } from 'react';
import { appendixState } from '../../core/dataset/appendix/match.ts';
import { compareTable, type ReadTable, type TableChange } from '../../core/dataset/table.ts';
import { FACT_KEYS } from '../../core/files/datasetFacts.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { FilePick } from '../parts/FilePick.tsx';
import { Callout } from '../parts/Message.tsx';
import { Modal } from '../parts/Modal.tsx';
import styles from './TableDialog.module.css';

/** Faults of a file that are listed; the others are counted. */
const MOST_FAULTS = 8;

export function TableDialog() {
  const actions = useActions();
  const close = () => actions.look({ table: undefined }, 'close');
  return (
    <Modal title="Table of datasets" shape="sheet" onClose={close} testId="table-dialog">
      <section className={styles.part}>
        <h3>Export</h3>
        <p>
          Names, splits, body locations and what you say of each dataset. Put beside the folders, the JSON is
          read with them.
        </p>
        <div className={styles.acts}>
          <Button onClick={() => void actions.download({ kind: 'datasets-csv' })} data-testid="table-csv">
            Download CSV
          </Button>
          <Button onClick={() => void actions.download({ kind: 'datasets' })} data-testid="table-json">
            Download JSON
          </Button>
        </div>
      </section>
      <Import onDone={close} />
      <Appendix onDone={close} />
    </Modal>
  );
}

function Import({ onDone }: { onDone: () => void }) {
  const datasets = useLab((state) => state.datasets);
  const blocked = useLab((state) => state.readOnly || state.job !== null);
  const actions = useActions();
  const [read, setRead] = useState<ReadTable | null>(null);
  const compared = useMemo(() => (read ? compareTable(read.lines, datasets) : null), [read, datasets]);
  return (
    <section className={styles.part}>
      <h3>Import</h3>
      <p>
        CSV or JSON with a column “name”; the names say which dataset a row is of. Empty cells change nothing.
      </p>
      <FilePick
        kind="labels"
        testId="table-import"
        disabled={blocked}
        onPick={([file]) => void actions.readDatasetsFile(file).then(setRead)}
      />
      {read && read.faults.length > 0 && (
        <Callout
          tone="warn"
          title={`${plural(read.faults.length, 'row was', 'rows were')} not understood`}
          testId="table-faults"
        >
          <ul className={styles.list}>
            {read.faults.slice(0, MOST_FAULTS).map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
            {read.faults.length > MOST_FAULTS && <li>and {count(read.faults.length - MOST_FAULTS)} more</li>}
          </ul>
        </Callout>
      )}
      {compared && (
        <div data-testid="table-changes">
          <p>
            {plural(compared.changes.length, 'dataset')} would change, {count(compared.same)} would not,{' '}
            {plural(compared.unknown.length, 'name')} of the file{' '}
            {compared.unknown.length === 1 ? 'is' : 'are'} not here.
          </p>
          <ul className={styles.list}>
            {compared.changes.map(({ id, name, patch }) => (
              <li key={id}>
                <strong>{name}</strong>: {changeWords(patch)}
              </li>
            ))}
          </ul>
          <Button
            tone="accent"
            disabled={blocked || compared.changes.length === 0}
            data-testid="table-take"
            onClick={() => {
              onDone();
              void actions.importDatasets(compared.changes);
            }}
          >
            Take these changes
          </Button>
        </div>
      )}
    </section>
  );
}

function changeWords({ split, location, facts }: TableChange['patch']): string {
  return [
    ...(split ? [`to ${split}`] : []),
    ...(location ? [`location “${location}”`] : []),
    ...(facts ? FACT_KEYS.filter((key) => facts[key]) : []),
  ].join(', ');
}

function Appendix({ onDone }: { onDone: () => void }) {
  const datasets = useLab((state) => state.datasets);
  const folders = useLab((state) => state.folderNames);
  const blocked = useLab((state) => state.readOnly || state.job !== null);
  const actions = useActions();
  const { here, missing } = useMemo(
    () =>
      appendixState(
        datasets.map(({ id, name, facts }) => ({
          id,
          shown: name,
          name: folders.find(({ dataset }) => dataset === id)?.name ?? name,
          source: facts.source ?? '',
        })),
      ),
    [datasets, folders],
  );
  return (
    <section className={styles.part} data-testid="appendix">
      <h3>The datasets of the paper</h3>
      <p>
        {count(here.length)} of {plural(here.length + missing.length, 'dataset')} of the paper’s appendix are
        here, found by the names of their folders. Once they have their splits, folders dropped later take
        theirs, too.
      </p>
      {here.length > 0 && (
        <>
          <ul className={styles.list}>
            {here.map(({ row, dataset }) => (
              <li key={row.name}>
                <strong>{row.name}</strong>: {dataset.shown}, {row.split}
              </li>
            ))}
          </ul>
          <Button
            disabled={blocked}
            data-testid="appendix-take"
            onClick={() => {
              onDone();
              void actions.takeAppendix();
            }}
          >
            Give them the paper’s splits
          </Button>
        </>
      )}
      <details>
        <summary>{count(missing.length)} missing, with their addresses</summary>
        <table className={styles.missing}>
          <thead>
            <tr>
              <th scope="col">Dataset</th>
              <th scope="col">Split</th>
              <th scope="col">Address</th>
            </tr>
          </thead>
          <tbody>
            {missing.map(({ name, url, split }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{split}</td>
                <td className={styles.address}>{url}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
