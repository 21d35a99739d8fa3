/** Accuracy per dataset and class (the paper's Table 3), or per any other fact of the slices, worst first. */
import { useDeferredValue, useRef } from 'react';
import { type DatasetScore, scoreIntervalOf } from '../../core/evaluate/evaluation.ts';
import { FACET_NAMES, FACETS, type FacetName } from '../../core/evaluate/facets.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { count, percent } from '../format.ts';
import { intervalText, intervalTitle } from '../interval.ts';
import { Button } from '../parts/Button.tsx';
import { classOfSet } from '../parts/classes.ts';
import { LabelChip } from '../parts/LabelChip.tsx';
import { type RovingRows, useRovingRows } from '../parts/useRovingRows.ts';
import styles from './DatasetScores.module.css';

/** `name` is that of the dataset, or what its slices have in common. */
export type ScoreRow = Omit<DatasetScore, 'id' | 'dataset' | 'location'> & {
  name: string;
  location: string | null;
};

/** Drawn at once; of a long table the others follow without holding up the page. */
const FIRST_ROWS = 60;

type Props<Row> = {
  labelSet: LabelSet;
  facet: FacetName;
  /** Absent: only by dataset. */
  onFacet?: ((facet: FacetName) => void) | undefined;
  scores: readonly Row[];
  /** A row opens its slices, if they can be shown. */
  onOpen: ((score: Row) => void) | null;
  onDownload?: (() => void) | undefined;
};

export function DatasetScores<Row extends ScoreRow>(props: Props<Row>) {
  const { labelSet, facet, onFacet, scores, onOpen, onDownload } = props;
  const table = useRef<HTMLTableElement>(null);
  const drawn = useDeferredValue(scores.length, Math.min(scores.length, FIRST_ROWS));
  const rows = useRovingRows(table, Math.min(drawn, scores.length));
  const { label } = FACETS[facet];
  return (
    <>
      <div className={styles.head}>
        <h2>
          Accuracy per {label.toLowerCase()} <span>worst first</span>
        </h2>
        {onFacet && (
          <select
            aria-label="Accuracy per"
            value={facet}
            onChange={({ target }) => onFacet(target.value as FacetName)}
            data-testid="facet"
          >
            {FACET_NAMES.map((name) => (
              <option key={name} value={name}>
                {FACETS[name].label}
              </option>
            ))}
          </select>
        )}
        {onDownload && (
          <Button
            size="small"
            title="This table with its intervals, as CSV"
            onClick={onDownload}
            data-testid="download-facet"
          >
            CSV
          </Button>
        )}
      </div>
      <div className={styles.scroller}>
        <table
          ref={table}
          className={styles.table}
          data-testid="per-dataset-table"
          aria-label={`Accuracy per ${label.toLowerCase()}`}
          onKeyDown={rows.onKeyDown}
        >
          <thead>
            <tr>
              <th scope="col">{label}</th>
              {facet === 'dataset' && (
                <th scope="col" className={styles.location}>
                  Location
                </th>
              )}
              <th scope="col" className={styles.modality}>
                True
              </th>
              <th scope="col" className={styles.n}>
                n
              </th>
              <th scope="col" className={`${styles.n} ${styles.subjects}`}>
                Series
              </th>
              <th scope="col" className={`${styles.n} ${styles.subjects}`}>
                Patients
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
            {scores.slice(0, drawn).map((score, i) => (
              <ScoreLine
                // biome-ignore lint/suspicious/noArrayIndexKey: names need not be unique, and rows have no state
                key={`${score.name} ${score.modality} ${i}`}
                labelSet={labelSet}
                score={score}
                onOpen={onOpen && (() => onOpen(score))}
                row={rows.rowProps(i)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

type LineProps = {
  labelSet: LabelSet;
  score: ScoreRow;
  onOpen: (() => void) | null;
  row: ReturnType<RovingRows['rowProps']>;
};

function ScoreLine({ labelSet, score, onOpen, row }: LineProps) {
  const wrong = score.n - score.correct;
  const interval = scoreIntervalOf(score);
  return (
    <tr data-testid="per-dataset-row">
      <th scope="row">
        <button
          {...row}
          type="button"
          onClick={() => onOpen?.()}
          disabled={!onOpen}
          title={`Slices of ${score.name}`}
        >
          {score.name}
        </button>
      </th>
      {score.location !== null && (
        <td className={styles.location} title={score.location}>
          {score.location}
        </td>
      )}
      <td className={styles.modality}>
        <LabelChip of={classOfSet(labelSet, score.modality)} />
      </td>
      <td className={styles.n}>{count(score.n)}</td>
      <td className={`${styles.n} ${styles.subjects}`}>{known(score.series)}</td>
      <td className={`${styles.n} ${styles.subjects}`}>{known(score.patients)}</td>
      <td className={`${styles.n} ${wrong === 0 ? styles.none : styles.wrong}`}>{count(wrong)}</td>
      <td className={styles.accuracy}>
        <div className={styles.cell}>
          <span
            className={styles.track}
            title={interval ? `${intervalText(interval)}. ${intervalTitle(interval)}` : undefined}
          >
            <span className={styles.bar} style={{ width: `${score.accuracy * 100}%` }} />
            {interval && (
              <span
                className={styles.whisker}
                style={{
                  left: `${interval.low * 100}%`,
                  width: `${(interval.high - interval.low) * 100}%`,
                }}
              />
            )}
          </span>
          <span className={styles.value}>{percent(score.accuracy)}</span>
        </div>
      </td>
    </tr>
  );
}

/** Runs of earlier versions did not count them. */
const known = (n: number | undefined) => (n === undefined ? '–' : count(n));
