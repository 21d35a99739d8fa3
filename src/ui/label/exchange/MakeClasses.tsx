/** Classes that a file names and the label set lacks, to be made at once. */
import { addClass } from '../../../core/labels/editSet.ts';
import { type LabelSet, labelSetFaults } from '../../../core/labels/labelSet.ts';
import { useActions, useLab } from '../../context.ts';
import { plural } from '../../format.ts';
import { Button } from '../../parts/Button.tsx';
import { Callout } from '../../parts/Message.tsx';
import styles from './exchange.module.css';

type Props = { set: LabelSet; names: readonly string[] };

export function MakeClasses({ set, names }: Props) {
  const actions = useActions();
  const readOnly = useLab((state) => state.readOnly);
  const larger = names.reduce((grown, name) => addClass(grown, name), set);
  const [fault] = labelSetFaults(larger);
  return (
    <Callout tone="warn" title={`This set does not have ${names.join(', ')}.`} testId="import-strange">
      {fault ? (
        `These classes can’t be added: ${fault} Rows with them are left out.`
      ) : (
        <>
          Rows with such a class are left out until the set has it. It can be renamed or merged later.
          <span className={styles.row}>
            <Button
              disabled={readOnly}
              onClick={() => void actions.putLabelSet(larger)}
              data-testid="import-make-classes"
            >
              Make {plural(names.length, 'class', 'classes')}
            </Button>
          </span>
        </>
      )}
    </Callout>
  );
}
