/** Two runs on the slices that both judged: figures, their difference with its interval, and McNemar's test. */
import type { RunPair } from '../../app/corrections.ts';
import type { FigureInterval } from '../../core/evaluate/interval.ts';
import type { Split } from '../../core/types.ts';
import { count, percent, plural, tenths } from '../format.ts';
import { intervalTitle } from '../interval.ts';
import { ClassSwatch } from '../parts/LabelChip.tsx';
import { TableDownload } from '../parts/TableDownload.tsx';
import { SPLIT_TITLES } from '../runs.ts';
import { DifferenceMatrix } from './DifferenceMatrix.tsx';
import styles from './ParentComparison.module.css';

type Props = {
  /** The second of the two. */
  run: string;
  found: RunPair;
  split: Split;
  words: {
    title: string;
    names: readonly [first: string, second: string];
    only: readonly [first: string, second: string];
  };
  testId: string;
  /** Of several below each other: its summary has the change, the rest is shown when asked for. */
  folded?: boolean;
};

export function PairPanel({ run, found, split, words, testId, folded = false }: Props) {
  const { n, onlyFirst, onlySecond, p, accuracy, balancedAccuracy, perClass, labels, difference } = found;
  const slices = plural(n, `${SPLIT_TITLES[split].toLowerCase()} slice`);
  return (
    <details className={styles.comparison} open={!folded} data-testid={testId}>
      <summary>
        <h2>{words.title}</h2>
        {folded && (
          <span>
            accuracy {changeText(accuracy, difference?.accuracy)}, p {pText(p)}
          </span>
        )}
        <span>on the {slices} both judged, with today’s labels</span>
      </summary>
      <div className={styles.parts}>
        <div className={styles.figures}>
          <table className={styles.table} aria-label={words.title}>
            <thead>
              <tr>
                <td />
                <th scope="col">n</th>
                {words.names.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
                <th scope="col">Change</th>
                <th scope="col">95 % interval</th>
              </tr>
            </thead>
            <tbody>
              <Row n={n} title="Accuracy" values={accuracy} interval={difference?.accuracy} />
              <Row
                n={n}
                title="Balanced accuracy"
                values={balancedAccuracy}
                interval={difference?.balancedAccuracy}
              />
              {perClass.map((one, i) =>
                one.n === 0 ? null : (
                  <Row
                    key={labels[i].id}
                    n={one.n}
                    title={labels[i].name}
                    swatch={labels[i]}
                    values={[one.first / one.n, one.second / one.n]}
                  />
                ),
              )}
            </tbody>
          </table>
          <TableDownload name="pair" run={run} table={() => pairTable(found, words.names)} />
        </div>
        <div className={styles.words}>
          <p>
            {onlyFirst + onlySecond === 0
              ? 'Where one of them is right, so is the other.'
              : `They differ on ${plural(onlyFirst + onlySecond, 'slice')}: ${count(onlySecond)} ${words.only[1]}, ${count(onlyFirst)} ${words.only[0]}.`}
          </p>
          <p title="McNemar’s exact test on the slices that only one of them judged rightly (McNemar 1947)">
            McNemar’s exact test: <b>p {pText(p)}</b>
          </p>
          <p className={styles.fine}>
            It takes slices as independent; those of one patient are not, so that the true p is larger.
          </p>
          {difference?.accuracy && (
            <p className={styles.fine}>
              The interval of the change resamples {clusters(difference.accuracy)} instead: a change whose
              interval holds 0 may be chance.
            </p>
          )}
          <DifferenceMatrix run={run} labels={labels} confusion={found.confusion} />
        </div>
      </div>
    </details>
  );
}

/** Every row of the table, not rounded. */
export function pairTable(found: RunPair, names: readonly [first: string, second: string]) {
  const { n, accuracy, balancedAccuracy, perClass, labels, difference } = found;
  const row = (
    title: string,
    of: number,
    [first, second]: readonly [number, number],
    interval?: FigureInterval | null,
  ) => [title, of, first, second, second - first, interval?.low ?? null, interval?.high ?? null];
  return {
    head: ['figure', 'n', ...names, 'change', '95 % low', '95 % high'],
    rows: [
      row('Accuracy', n, accuracy, difference?.accuracy),
      row('Balanced accuracy', n, balancedAccuracy, difference?.balancedAccuracy),
      ...perClass.flatMap((one, i) =>
        one.n === 0 ? [] : [row(labels[i].name, one.n, [one.first / one.n, one.second / one.n])],
      ),
    ],
  };
}

function clusters({ by, clusters: n }: FigureInterval): string {
  return by === 'patient' ? plural(n, 'patient') : plural(n, 'series', 'series');
}

/** "−2.9 (−5.2 to −0.5)", in points. */
function changeText(
  [before, after]: RunPair['accuracy'],
  interval: FigureInterval | null | undefined,
): string {
  const change = signed(after - before);
  return interval ? `${change} (${signed(interval.low)} to ${signed(interval.high)})` : change;
}

type RowProps = {
  title: string;
  n: number;
  values: readonly [before: number, after: number];
  swatch?: { colour: string };
  interval?: FigureInterval | null | undefined;
};

function Row({ title, n, values: [before, after], swatch, interval }: RowProps) {
  const change = Number(((after - before) * 100).toFixed(1));
  return (
    <tr>
      <th scope="row">
        {swatch && <ClassSwatch of={swatch} />} {title}
      </th>
      <td>{count(n)}</td>
      <td>{percent(before)}</td>
      <td>{percent(after)}</td>
      <td className={change > 0 ? styles.up : change < 0 ? styles.down : styles.same}>
        {signed(change / 100)}
      </td>
      <td title={interval ? intervalTitle(interval) : undefined}>
        {interval ? `${signed(interval.low)} to ${signed(interval.high)}` : ''}
      </td>
    </tr>
  );
}

/** Of shares, in points: "+1.2", "−0.4", "0". */
function signed(share: number): string {
  const text = tenths(Math.abs(share));
  return text === '0.0' ? '0' : `${share > 0 ? '+' : '−'}${text}`;
}

export function pText(p: number): string {
  if (p < 0.001) return '< 0.001';
  return `= ${p.toFixed(p < 0.095 ? 3 : 2)}`;
}
