/** How many labels are probably wrong, in one sentence; which ones of each class, on request. */
import type { NoiseEstimate } from '../../core/audit/noise.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { count, plural } from '../format.ts';
import { ClassChip } from './ClassChip.tsx';
import styles from './NoiseNote.module.css';

/** Rows of the table; with more classes the rest is seldom. */
const MOST_PAIRS = 12;

export function NoiseNote({ noise, set }: { noise: NoiseEstimate; set: LabelSet }) {
  const { of, wrong, low, high, pairs } = noise;
  const shown = pairs.filter((pair) => Math.round(pair.wrong) > 0).slice(0, MOST_PAIRS);
  const rest = Math.round(wrong) - shown.reduce((sum, pair) => sum + Math.round(pair.wrong), 0);
  return (
    <details className={styles.noise} data-testid="noise">
      <summary>
        {Math.round(wrong) === 0 ? 'None' : `About ${count(Math.round(wrong))}`} of{' '}
        {plural(of, 'judged label')} {Math.round(wrong) === 1 ? 'is' : 'are'} probably wrong{' '}
        <span className={styles.range}>(between {range(low, high)})</span>
      </summary>
      <p className={styles.words}>
        An estimate by confident learning, counted in series. The range says how much it varies with the
        patients, not how well the models know the classes: where they are poor, it is too high. Labels that
        you have answered for count as right.
      </p>
      {shown.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Labelled</th>
              <th scope="col">Probably</th>
              <th scope="col" className={styles.number}>
                Wrong, about
              </th>
              <th scope="col" className={styles.number}>
                Judged labels
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ given, likely, wrong: some }) => (
              <tr key={`${given} ${likely}`}>
                <td>
                  <ClassChip set={set} label={given} />
                </td>
                <td>
                  <ClassChip set={set} label={likely} />
                </td>
                <td className={styles.number}>{count(Math.round(some))}</td>
                <td className={styles.number}>
                  {count(noise.classes.find(({ label }) => label === given)?.of ?? 0)}
                </td>
              </tr>
            ))}
            {rest > 0 && (
              <tr>
                <td colSpan={2}>others</td>
                <td className={styles.number}>{count(rest)}</td>
                <td />
              </tr>
            )}
          </tbody>
        </table>
      )}
    </details>
  );
}

function range(low: number, high: number): string {
  return `${count(Math.floor(low))} and ${count(Math.ceil(high))}`;
}
