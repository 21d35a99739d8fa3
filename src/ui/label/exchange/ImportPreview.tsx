/** What an import would change, and which rows of the file it leaves out. */
import type { ImportPlan } from '../../../core/labels/exchange/importPlan.ts';
import { MATCHED_BY, type MatchedBy } from '../../../core/labels/exchange/match.ts';
import type { LabelTable } from '../../../core/labels/exchange/readTable.ts';
import type { LabelSet } from '../../../core/labels/labelSet.ts';
import { count, plural } from '../../format.ts';
import { Callout } from '../../parts/Message.tsx';
import { ClassName } from './ClassName.tsx';
import styles from './exchange.module.css';
import { lineWords } from './lines.ts';
import { MakeClasses } from './MakeClasses.tsx';
import { OtherSet } from './OtherSet.tsx';

const MATCHED_WORDS: Record<MatchedBy, string> = {
  id: 'of them by ids of this project',
  content: 'of them by the same pictures',
  file: 'of them by paths of files',
  dataset: 'of them by datasets',
};

type Props = { set: LabelSet; table: LabelTable; plan: ImportPlan };

export function ImportPreview({ set, table, plan }: Props) {
  return (
    <>
      <p className={styles.note}>
        Columns used: {table.found.map(({ name }) => name).join(', ')}.
        {table.ignored.length > 0 && ` Columns ignored: ${table.ignored.join(', ')}.`}
      </p>
      {plan.matched === 0 && (
        <Callout tone="warn" title="No row matches anything in this project." testId="import-nothing">
          Ids of another project mean nothing here. Export there with the fingerprints of pictures, drop the
          same folder here, and import again.
        </Callout>
      )}
      {plan.strange.length > 0 && <MakeClasses set={set} names={plan.strange.map(({ name }) => name)} />}
      {plan.otherSet > 0 && <OtherSet set={set} table={table} rows={plan.otherSet} />}
      <table className={styles.table} data-testid="import-changes">
        <caption>
          {plan.changed === 0 ? 'No label changes' : `${plural(plan.changed, 'slice')} would change`}
        </caption>
        {plan.changed > 0 && (
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col" className={styles.number}>
                Slices
              </th>
            </tr>
          </thead>
        )}
        <tbody>
          {plan.changes.map(({ from, to, slices }) => (
            <tr key={`${from} ${to}`}>
              <td>
                <ClassName set={set} id={from} />
              </td>
              <td>
                <ClassName set={set} id={to} />
              </td>
              <td className={styles.number}>{count(slices)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {plan.same > 0 && (
        <p className={styles.note}>Slices that have their label already: {count(plan.same)}.</p>
      )}
      {plan.kept > 0 && (
        <p className={styles.note} data-testid="import-kept">
          Slices that keep the label that you gave: {count(plan.kept)}.
        </p>
      )}
      <table className={styles.table} data-testid="import-rows">
        <caption>Rows of the file</caption>
        <tbody>
          <Rows name="match" lines={plan.matched} />
          {MATCHED_BY.map((by) => (
            <Rows key={by} name={MATCHED_WORDS[by]} lines={plan.by[by]} />
          ))}
          <Rows name="name nothing that is here" lines={plan.unknown} />
          <Rows
            name="name a file that several folders have, or a picture that several slices have"
            lines={plan.several}
          />
          <Rows name="have no class" lines={plan.unlabelled} />
          <Rows name="contradict one another; their slices stay as they are" lines={plan.contradicting} />
          {plan.strange.map(({ name, lines }) => (
            <Rows key={name} name={`have the class “${name}”, which this set does not have`} lines={lines} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Rows({ name, lines }: { name: string; lines: number | readonly number[] }) {
  const n = typeof lines === 'number' ? lines : lines.length;
  if (n === 0 && typeof lines !== 'number') return null;
  return (
    <tr>
      <td className={styles.number}>{count(n)}</td>
      <td>
        {name}
        {typeof lines !== 'number' && <small>{lineWords(lines)}</small>}
      </td>
    </tr>
  );
}
