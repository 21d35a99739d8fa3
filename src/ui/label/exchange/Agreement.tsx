/** Agreement of two readers: Cohen's kappa, the contingency table, and each class against the rest. */
import type { ReadersCompared } from '../../../app/exchange/readers.ts';
import type { Kappa } from '../../../core/labels/exchange/kappa.ts';
import type { LabelSet } from '../../../core/labels/labelSet.ts';
import { count, percent, plural } from '../../format.ts';
import { Callout } from '../../parts/Message.tsx';
import { ClassName } from './ClassName.tsx';
import styles from './exchange.module.css';

type Props = { set: LabelSet; found: ReadersCompared };

export function Agreement({ set, found: { comparison, first, second } }: Props) {
  const { n, agreed, kappa, table, perClass, onlyFirst, onlySecond, unit } = comparison;
  const [one, many] = unit === 'series' ? ['series', 'series'] : ['slice', 'slices'];
  // Classes that nobody uses only widen the table.
  const used = comparison.classes.map((_, k) => k).filter((k) => perClass[k].first + perClass[k].second > 0);
  const lost = (first?.unknown.length ?? 0) + second.unknown.length;
  if (n === 0) {
    return (
      <Callout tone="warn" title="No series has a label of both readers." testId="readers-nothing">
        {lost > 0
          ? `${plural(lost, 'row names', 'rows name')} nothing that is here: ids of another project match nothing. Export there with the fingerprints of pictures, and drop the same folder here.`
          : 'Count labels of tags and folders, too, or choose another file.'}
      </Callout>
    );
  }
  return (
    <>
      <dl className={styles.figures} data-testid="readers-figures">
        <div>
          <dt>Agreement</dt>
          <dd>
            {percent(agreed / n)}{' '}
            <small>
              {count(agreed)} of {plural(n, one, many)}
            </small>
          </dd>
        </div>
        <div>
          <dt>Cohen’s kappa</dt>
          <dd>
            {figure(kappa.value)} <small>{interval(kappa)}</small>
          </dd>
        </div>
      </dl>
      <div className={styles.scroller}>
        <table className={styles.table} data-testid="readers-table">
          <caption>First reader by row, second by column</caption>
          <thead>
            <tr>
              <td />
              {used.map((k) => (
                <th key={k} scope="col" className={styles.number}>
                  <ClassName set={set} id={comparison.classes[k]} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {used.map((i) => (
              <tr key={i}>
                <th scope="row">
                  <ClassName set={set} id={comparison.classes[i]} />
                </th>
                {used.map((j) => (
                  <td key={j} className={`${styles.number} ${mark(table[i][j], i === j)}`}>
                    {count(table[i][j])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.scroller}>
        <table className={styles.table} data-testid="readers-classes">
          <caption>Each class against the rest</caption>
          <thead>
            <tr>
              <th scope="col">Class</th>
              {['First', 'Second', 'Both', 'Kappa', '95 % interval'].map((name) => (
                <th key={name} scope="col" className={styles.number}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {used.map((k) => (
              <tr key={k}>
                <th scope="row">
                  <ClassName set={set} id={perClass[k].class} />
                </th>
                <td className={styles.number}>{count(perClass[k].first)}</td>
                <td className={styles.number}>{count(perClass[k].second)}</td>
                <td className={styles.number}>{count(perClass[k].both)}</td>
                <td className={styles.number}>{figure(perClass[k].kappa.value)}</td>
                <td className={styles.number}>{range(perClass[k].kappa)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.note}>
        {onlyFirst + onlySecond > 0 &&
          `With a label of one reader alone: ${plural(onlyFirst, one, many)} of the first, ${count(onlySecond)} of the second. `}
        {lost > 0 && `Rows that name nothing that is here: ${count(lost)}. `}
        {unit === 'slice' && 'Slices of a series resemble one another: the interval is too narrow. '}
        Intervals by the standard error of Fleiss, Cohen and Everitt (1969).
      </p>
    </>
  );
}

function mark(n: number, agree: boolean): string {
  return agree ? styles.agree : n > 0 ? styles.differ : '';
}

/** Kappa does not exist where both readers use one class only. */
function figure(value: number | null): string {
  return value === null ? '–' : value.toFixed(2).replace('-', '−');
}

function range({ low, high }: Kappa): string {
  return low === null ? '–' : `${figure(low)} to ${figure(high)}`;
}

function interval(kappa: Kappa): string {
  return kappa.low === null ? 'both use one class only' : `95 % interval ${range(kappa)}`;
}
