/** Says that a file's labels are of another label set, and offers that set. */
import type { LabelTable } from '../../../core/labels/exchange/readTable.ts';
import type { LabelSet } from '../../../core/labels/labelSet.ts';
import { useActions, useLab } from '../../context.ts';
import { plural } from '../../format.ts';
import { Button } from '../../parts/Button.tsx';
import { Callout } from '../../parts/Message.tsx';
import styles from './exchange.module.css';

type Props = { set: LabelSet; table: LabelTable; rows: number };

export function OtherSet({ set, table, rows }: Props) {
  const { putLabelSet, useLabelSet: choose } = useActions();
  const known = useLab((state) => state.labelSets);
  const readOnly = useLab((state) => state.readOnly);
  const here = known.find(({ id }) => table.rows.some(({ setId }) => setId === id && id !== set.id));
  const brought = table.set && !known.some(({ id }) => id === table.set?.id) ? table.set : null;
  const take = async (other: LabelSet) => {
    if (other === brought) await putLabelSet(other);
    await choose(other.id);
  };
  const other = here ?? brought;
  return (
    <Callout
      tone="info"
      title={`${plural(rows, 'row is', 'rows are')} of another label set.`}
      testId="import-other-set"
    >
      Here they count for classes with the same names in “{set.name}”.
      {other && (
        <span className={styles.row}>
          <Button disabled={readOnly} onClick={() => void take(other)} data-testid="import-take-set">
            {other === brought ? 'Add' : 'Change to'} “{other.name}”
          </Button>
        </span>
      )}
    </Callout>
  );
}
