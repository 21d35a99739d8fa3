/** A proposal of splits before it is taken: what it would change, why, and what it cannot give. */
import { useMemo, useState } from 'react';
import { type ProposedDataset, proposeFor } from '../../core/dataset/proposal.ts';
import { SPLIT_SEED } from '../../core/dataset/split.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Callout } from '../parts/Message.tsx';
import { Modal } from '../parts/Modal.tsx';
import { MOST_SEED, SeedField } from '../parts/SeedField.tsx';
import styles from './ProposeDialog.module.css';

export function ProposeDialog() {
  const datasets = useLab((state) => state.datasets);
  const set = useLab((state) => state.labelSet);
  const blocked = useLab((state) => state.readOnly || state.job !== null);
  const actions = useActions();
  const [seed, setSeed] = useState(SPLIT_SEED);
  const [all, setAll] = useState(false);
  const { open, kept, unmet } = useMemo(
    () => proposeFor(datasets, set, { seed, all }),
    [datasets, set, seed, all],
  );
  const moved = open.filter(({ from, to }) => from !== to);
  const same = open.filter(({ from, to }) => from === to);
  const decided = datasets.filter(({ splitFrom }) => splitFrom !== 'proposed').length;
  const close = () => actions.look({ propose: undefined }, 'close');

  return (
    <Modal
      title="Propose splits"
      shape="sheet"
      onClose={close}
      testId="propose-dialog"
      footer={
        <>
          <p className={styles.figures} role="status" data-testid="propose-figures">
            {moved.length === 0
              ? 'This proposal changes nothing.'
              : `${count(moved.length)} of ${plural(datasets.length, 'dataset')} would change sides.`}
          </p>
          <Button onClick={close}>Keep the splits</Button>
          <Button
            tone="accent"
            disabled={blocked || moved.length === 0}
            data-testid="propose-take"
            onClick={() => {
              close();
              void actions.proposeSplits({ seed, all });
            }}
          >
            Take this proposal
          </Button>
        </>
      }
    >
      <p>
        Whole datasets go to train, validate and test, about 70 to 15 to 15. First each class gets a dataset
        in every split, then two body locations in every split, then these shares. Among equal splits the seed
        chooses.
      </p>
      <div className={styles.choices}>
        <SeedField seed={seed} onChange={setSeed} testId="propose-seed" />
        <Button
          size="small"
          data-testid="propose-another"
          onClick={() => setSeed((now) => (now % MOST_SEED) + 1)}
        >
          Another
        </Button>
        {decided > 0 && (
          <label>
            <input
              type="checkbox"
              checked={all}
              data-testid="propose-all"
              onChange={({ target }) => setAll(target.checked)}
            />{' '}
            Also move the {count(decided)} set by you or by a datasets.json
          </label>
        )}
      </div>
      {unmet.length > 0 && (
        <Callout tone="warn" title="What no split gives here" testId="propose-unmet">
          <ul className={styles.unmet}>
            {unmet.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Callout>
      )}
      <Rows title={`Would change (${count(moved.length)})`} rows={moved} />
      <Rows title={`Would stay as proposed (${count(same.length)})`} rows={same} />
      {kept > 0 && (
        <p className={styles.kept}>
          {plural(kept, 'dataset')} set by you or by a datasets.json {kept === 1 ? 'stays' : 'stay'}.
        </p>
      )}
    </Modal>
  );
}

function Rows({ title, rows }: { title: string; rows: readonly ProposedDataset[] }) {
  if (rows.length === 0) return null;
  return (
    <table className={styles.rows}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Dataset</th>
          <th scope="col">Split</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, from, to, reason }) => (
          <tr key={id} data-testid="propose-row">
            <th scope="row" title={name}>
              {name}
            </th>
            <td>{from === to ? to : `${from} → ${to}`}</td>
            <td>{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
