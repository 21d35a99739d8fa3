/** Accuracy per dataset and class (the paper's Table 3), worst first. A row opens its slices. */
import { useRef } from 'react';
import type { DatasetScore } from '../../core/evaluate/evaluation.ts';
import { wilson } from '../../core/evaluate/interval.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { count, percent, tenths } from '../format.ts';
import { classOfSet } from '../parts/classes.ts';
import { LabelChip } from '../parts/LabelChip.tsx';
import { type RovingRows, useRovingRows } from '../parts/useRovingRows.ts';
import styles from './DatasetScores.module.css';

type Props = {
  labelSet: LabelSet;
  scores: DatasetScore[];
  onOpen: ((score: DatasetScore) => void) | null;
};

export function DatasetScores({ labelSet, scores, onOpen }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const rows = useRovingRows(table, scores.length);
  return (
    <>
      <h2 className={styles.title}>
        Accuracy per dataset <span>worst first</span>
      </h2>
      <div className={styles.scroller}>
        <table
          ref={table}
          className={styles.table}
          data-testid="per-dataset-table"
          aria-label="Accuracy per dataset"
          onKeyDown={rows.onKeyDown}
        >
          <thead>
            <tr>
              <th scope="col">Dataset</th>
              <th scope="col" className={styles.location}>
                Location
              </th>
              <th scope="col" className={styles.modality}>
                True
              </th>
              <th scope="col" className={styles.n}>
                n
              </th>
              <th scope="col" className={styles.n}>
                Wrong
              </th>
              <th scope="col" className={styles.accuracy}>
                Accuracy
              </th>
            </tr>
          </thead>
          <tbody>
            {scores.map((score, i) => (
              <Row
                key={`${score.id} ${score.dataset} ${score.modality}`}
                labelSet={labelSet}
                score={score}
                onOpen={onOpen}
                row={rows.rowProps(i)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

type RowProps = Pick<Props, 'labelSet' | 'onOpen'> & {
  score: DatasetScore;
  row: ReturnType<RovingRows['rowProps']>;
};

function Row({ labelSet, score, onOpen, row }: RowProps) {
  const wrong = score.n - score.correct;
  const { low, high } = wilson(score.correct, score.n) ?? { low: 0, high: 1 };
  return (
    <tr data-testid="per-dataset-row">
      <th scope="row">
        <button
          {...row}
          type="button"
          onClick={() => onOpen?.(score)}
          disabled={!onOpen}
          title={`Slices of ${score.dataset}`}
        >
          {score.dataset}
        </button>
      </th>
      <td className={styles.location} title={score.location}>
        {score.location}
      </td>
      <td className={styles.modality}>
        <LabelChip of={classOfSet(labelSet, score.modality)} />
      </td>
      <td className={styles.n}>{count(score.n)}</td>
      <td className={`${styles.n} ${wrong === 0 ? styles.none : styles.wrong}`}>{count(wrong)}</td>
      <td className={styles.accuracy}>
        <div className={styles.cell}>
          <span className={styles.track} title={`95 % interval ${tenths(low)}–${percent(high)}`}>
            <span className={styles.bar} style={{ width: `${score.accuracy * 100}%` }} />
            <span
              className={styles.whisker}
              style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }}
            />
          </span>
          <span className={styles.value}>{percent(score.accuracy)}</span>
        </div>
      </td>
    </tr>
  );
}
