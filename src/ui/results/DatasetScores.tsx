/** Accuracy per dataset and class (the paper's Table 3), or per any other fact of the slices, worst first. */
import { Fragment, useState } from 'react';
import { type DatasetScore, scoreIntervalOf } from '../../core/evaluate/evaluation.ts';
import { FACET_NAMES, FACETS, type FacetName } from '../../core/evaluate/facets.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { count, percent } from '../format.ts';
import { intervalText, intervalTitle } from '../interval.ts';
import { Button } from '../parts/Button.tsx';
import { classOfSet } from '../parts/classes.ts';
import { Gap } from '../parts/Gap.tsx';
import { LabelChip } from '../parts/LabelChip.tsx';
import { searchOf } from '../parts/search.ts';
import { usePrinting } from '../parts/usePrinting.ts';
import type { RovingRows } from '../parts/useRovingRows.ts';
import { useTableRows } from '../parts/useTableRows.ts';
import styles from './DatasetScores.module.css';

/** `name` is that of the dataset, or what its slices have in common. */
export type ScoreRow = Omit<DatasetScore, 'id' | 'dataset' | 'location'> & {
  name: string;
  location: string | null;
};

/** A longer table draws the rows in sight, and is searched by its own field: the browser's search finds what is drawn. */
const MOST_WHOLE = 60;
const ROW_PX = 34;
const HEAD_PX = 28;
const COLUMNS = 7;
/** Letters of a class that fit a narrow column. */
const SHORT_NAME = 4;

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
  const [search, setSearch] = useState('');
  const isPrinted = usePrinting();
  const isLong = scores.length > MOST_WHOLE;
  const shown = isLong && !isPrinted ? searched(scores, search, labelSet) : scores;
  const {
    scroller,
    roving: rows,
    drawn,
  } = useTableRows({
    count: shown.length,
    rowPx: ROW_PX,
    headPx: HEAD_PX,
    whole: !isLong || isPrinted,
  });
  const { label } = FACETS[facet];
  return (
    <>
      <div className={styles.head}>
        <h2>
          Accuracy per {label.toLowerCase()} <span>worst first</span>
        </h2>
        {isLong && (
          <>
            <span className={styles.found} role="status">
              {search.trim() !== '' && `${count(shown.length)} of ${count(scores.length)}`}
            </span>
            <input
              type="search"
              className={styles.search}
              value={search}
              placeholder="Search"
              aria-label={`Search ${label.toLowerCase()}, location or class`}
              onChange={({ target }) => setSearch(target.value)}
              data-testid="scores-search"
            />
          </>
        )}
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
      <div ref={scroller} className={styles.scroller}>
        <table
          className={styles.table}
          data-testid="per-dataset-table"
          data-names={labelSet.classes.some(({ name }) => name.length > SHORT_NAME) ? 'long' : undefined}
          aria-label={`Accuracy per ${label.toLowerCase()}`}
          aria-rowcount={shown.length + 1}
          onKeyDown={rows.onKeyDown}
        >
          <thead>
            <tr aria-rowindex={1}>
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
            {drawn.rows.map(({ index, gap }) => (
              <Fragment key={index}>
                <Gap height={gap} columns={COLUMNS} />
                <ScoreLine
                  labelSet={labelSet}
                  score={shown[index]}
                  index={index}
                  onOpen={onOpen && (() => onOpen(shown[index]))}
                  row={rows.rowProps(index)}
                />
              </Fragment>
            ))}
            <Gap height={drawn.below} columns={COLUMNS} />
          </tbody>
        </table>
        {shown.length === 0 && <p className={styles.nothing}>No row has these words.</p>}
      </div>
    </>
  );
}

/** Rows that have every word in their name, location or class. */
function searched<Row extends ScoreRow>(scores: readonly Row[], text: string, set: LabelSet): readonly Row[] {
  const finds = searchOf(text);
  if (!finds) return scores;
  return scores.filter(({ name, location, modality }) =>
    finds([name, location ?? '', classOfSet(set, modality).name]),
  );
}

type LineProps = {
  labelSet: LabelSet;
  score: ScoreRow;
  /** In the order of the table. */
  index: number;
  onOpen: (() => void) | null;
  row: ReturnType<RovingRows['rowProps']>;
};

function ScoreLine({ labelSet, score, index, onOpen, row }: LineProps) {
  const wrong = score.n - score.correct;
  const interval = scoreIntervalOf(score);
  return (
    <tr aria-rowindex={index + 2} data-testid="per-dataset-row">
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
