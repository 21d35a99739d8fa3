/** A series: its verdict beside its tag, and its slices when opened. */
import { isSameModel } from '../../core/classify/choice.ts';
import { isUnsure, type JudgedSeries, seriesId } from '../../core/classify/judge.ts';
import { disagrees } from '../../core/classify/tagState.ts';
import { middleThumbnail, THUMBNAIL_SIDE } from '../../core/classify/thumbnails.ts';
import { count, percent, plural, roughPercent } from '../format.ts';
import { classOfSet } from '../parts/classes.ts';
import { Icon } from '../parts/Icon.tsx';
import { LabelChip } from '../parts/LabelChip.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import type { RovingRows } from '../parts/useRovingRows.ts';
import styles from './ClassifyTable.module.css';
import type { Judging } from './model.ts';
import { SliceList } from './SliceList.tsx';
import { SourcePath } from './SourcePath.tsx';
import { noneWords, Tag } from './Tag.tsx';

/** Shown digits of a series' id; the exports have all sixteen. */
const SHORT_ID = 8;

type Props = {
  series: JudgedSeries;
  /** Common folders of all series. */
  common: string;
  /** Whether the table has columns for verdicts. */
  judged: boolean;
  /** The chosen model: a row judged by another one names it. */
  model: Judging | null;
  columns: number;
  index: number;
  /** The list measures the row, whose height changes when it opens. */
  measure: (element: HTMLTableSectionElement | null) => void;
  /** Lets the table's arrow keys reach the row. */
  focus: ReturnType<RovingRows['rowProps']>;
  open: boolean;
  onToggle: (key: string) => void;
  /** Opens one of its slices. */
  onInspect: (key: string, at: number) => void;
};

export function SeriesRow(props: Props) {
  const { series, common, judged, model, columns, index, measure, focus, open, onToggle, onInspect } = props;
  const middle = middleThumbnail(series);
  return (
    <tbody ref={measure} data-index={index}>
      <tr
        className={styles.row}
        // The head is the first row.
        aria-rowindex={index + 2}
        data-testid="series-row"
        data-verdict={series.verdict}
        data-tag={series.tagState}
        data-differs={disagrees(series.tagState)}
      >
        <td className={styles.image}>
          <button
            type="button"
            {...focus}
            aria-expanded={open}
            aria-label={spoken(series)}
            onClick={() => onToggle(series.key)}
            data-testid="series-toggle"
          >
            <span className={open ? styles.opened : ''}>
              <Icon name="right" size={14} />
            </span>
            <span className={styles.picture}>
              {middle && <Thumbnail pixels={middle} side={THUMBNAIL_SIDE} label="" />}
            </span>
          </button>
        </td>
        {judged && <Verdict series={series} />}
        <td className={styles.tag}>
          <Tag series={series} />
          {!judged && <You series={series} />}
        </td>
        <td className={styles.number}>{series.number ?? '–'}</td>
        <td className={styles.number}>{count(series.slices.length)}</td>
        <td className={styles.place}>
          <SourcePath path={series.sourcePath} common={common} />
          <span className={styles.about}>
            <span className={styles.narrow}>
              {series.number !== null && `series ${series.number}, `}
              {plural(series.slices.length, 'slice')},{' '}
            </span>
            <span
              title={`A keyed code of the series, the same in every drop of this project: ${seriesId(series)}`}
            >
              id {seriesId(series).slice(0, SHORT_ID)}
            </span>
            {series.imageType !== null && series.imageType !== 'original' && `, ${series.imageType}`}
            {model && !isSameModel(series.judge?.model, model.choice) && (
              <span className={styles.by} data-testid="judged-by-other">
                {series.judge ? `judged by ${series.judge.title}` : 'not judged'}
              </span>
            )}
          </span>
        </td>
      </tr>
      {open && (
        <tr className={styles.detail}>
          <td colSpan={columns}>
            <SliceList
              labelSet={series.labelSet}
              slices={series.slices}
              onOpen={(at) => onInspect(series.key, at)}
            />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Verdict({ series }: { series: JudgedSeries }) {
  const { verdict, probability, agreement, labelSet } = series;
  if (verdict === null || probability === null) {
    return (
      <>
        <td className={styles.chip}>{series.correction ? <You series={series} /> : '–'}</td>
        <td className={styles.probability}>–</td>
        <td className={styles.agreement}>–</td>
      </>
    );
  }
  const of = classOfSet(labelSet, verdict);
  return (
    <>
      <td className={styles.chip}>
        <LabelChip of={of} />
        <You series={series} />
      </td>
      <td className={styles.probability}>
        <div className={styles.meter}>
          <span className={styles.track}>
            <span className={styles.fill} style={{ width: `${probability * 100}%`, background: of.colour }} />
          </span>
          <span className={styles.percent}>{percent(probability)}</span>
          <span className={styles.unsure}>{isUnsure(series) ? 'unsure' : ''}</span>
        </div>
      </td>
      <td
        className={agreement === null ? `${styles.agreement} ${styles.alone}` : styles.agreement}
        {...(agreement === null && { title: 'One slice has nothing to agree with.' })}
      >
        {agreement === null ? '–' : roughPercent(agreement)}
      </td>
    </>
  );
}

/** What the user says that it is. */
function You({ series: { correction, labelSet } }: { series: JudgedSeries }) {
  if (!correction) return null;
  return (
    <span className={styles.you} data-testid="series-correction">
      you: {correctionWords(correction, labelSet)}
    </span>
  );
}

function correctionWords(
  correction: NonNullable<JudgedSeries['correction']>,
  { classes }: JudgedSeries['labelSet'],
): string {
  return classes.find(({ id }) => id === correction.class)?.name ?? 'none of them';
}

/** The row's label for screen readers. */
function spoken(series: JudgedSeries): string {
  const { sourcePath, number, slices, verdict, probability, correction, labelSet, tag, tagState } = series;
  const name = sourcePath.split('/').slice(-2).join('/');
  const looks = verdict ? `looks like ${classOfSet(labelSet, verdict).name}` : '';
  return [
    `${number === null ? 'Series' : `Series ${number}`} in ${name}`,
    looks && probability !== null ? `${looks}, ${roughPercent(probability)}` : looks,
    verdict && isUnsure(series) ? 'unsure' : '',
    tag !== null && tagState === 'differs' ? `tag says ${classOfSet(labelSet, tag).name}` : '',
    tag !== null && tagState === 'none-of-the-four' ? `tag is ${noneWords(labelSet)}` : '',
    correction ? `you: ${correctionWords(correction, labelSet)}` : '',
    plural(slices.length, 'slice'),
  ]
    .filter(Boolean)
    .join(', ');
}
