/** A series: its verdict beside its tag, and its slices when opened. */
import { assess, type VerdictRule } from '../../core/classify/assess.ts';
import { isSameModel } from '../../core/classify/choice.ts';
import { type JudgedSeries, seriesId } from '../../core/classify/judge.ts';
import { ODDITIES } from '../../core/classify/oddities.ts';
import { middleThumbnail, THUMBNAIL_SIDE } from '../../core/classify/thumbnails.ts';
import { useLab } from '../context.ts';
import { count, plural, roughPercent } from '../format.ts';
import { classOfSet } from '../parts/classes.ts';
import { Icon } from '../parts/Icon.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import type { RovingRows } from '../parts/useRovingRows.ts';
import { correctionWords, PixelAnswer, Together, You } from './Answers.tsx';
import styles from './ClassifyTable.module.css';
import type { Judging } from './model.ts';
import { SliceList } from './SliceList.tsx';
import { SourcePath } from './SourcePath.tsx';
import { Tag } from './Tag.tsx';
import { aboutWords, foreignWords, noneWords, pixelWords } from './words.ts';

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
  const rule = useLab((state) => state.verdictRule);
  const { doubt } = assess(series, rule);
  const middle = middleThumbnail(series);
  const looked = lookedWords(series);
  const about = aboutWords(series);
  return (
    <tbody ref={measure} data-index={index}>
      <tr
        className={styles.row}
        // The head is the first row.
        aria-rowindex={index + 2}
        data-testid="series-row"
        data-verdict={series.verdict}
        data-tag={series.tagState}
        data-doubt={doubt}
        data-differs={doubt === 'differs'}
      >
        <td className={styles.image}>
          <button
            type="button"
            {...focus}
            aria-expanded={open}
            aria-label={spoken(series, rule)}
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
        {judged && (
          <td className={styles.pixels}>
            <PixelAnswer series={series} />
          </td>
        )}
        <td className={styles.tag}>
          <Tag series={series} />
          {!judged && <You series={series} />}
        </td>
        {judged && (
          <td className={styles.both}>
            <Together series={series} />
            <You series={series} />
          </td>
        )}
        <td className={styles.number}>{series.number ?? '–'}</td>
        <td className={styles.slices} title={looked ? `Looked at ${looked} of its slices` : undefined}>
          {looked || count(series.slices.length)}
        </td>
        <td className={styles.place}>
          {series.description !== null && <span className={styles.description}>{series.description}</span>}
          <SourcePath path={series.sourcePath} common={common} />
          <span className={styles.about}>
            <span className={styles.narrow}>
              {series.number !== null && `series ${series.number}, `}
              {plural(series.slices.length, 'slice')},{' '}
            </span>
            {about && `${about} · `}
            <span
              title={`A keyed code of the series, the same in every drop of this project: ${seriesId(series)}`}
            >
              id {seriesId(series).slice(0, SHORT_ID)}
            </span>
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

/** “9 of 240”; '' if all were looked at, or none. */
function lookedWords({ slices }: JudgedSeries): string {
  const looked = slices.filter(({ predicted }) => predicted !== null).length;
  return looked === 0 || looked === slices.length ? '' : `${count(looked)} of ${count(slices.length)}`;
}

/** The row's label for screen readers. */
function spoken(series: JudgedSeries, rule: VerdictRule): string {
  const { sourcePath, number, slices, description, correction, labelSet, tag, modality, tagState } = series;
  const { doubt, together, tagWrong } = assess(series, rule);
  const name = description ?? sourcePath.split('/').slice(-2).join('/');
  const named = tag !== null && tagState !== 'none-of-the-four';
  return [
    `${number === null ? 'Series' : `Series ${number}`}, ${name}`,
    doubt === 'none-of-the-four' ? `${foreignWords(series)}, ${noneWords(labelSet)}` : '',
    pixelWords(series, rule),
    named ? `tag says ${classOfSet(labelSet, tag).name}` : modality === null ? 'no tag' : '',
    together
      ? `together ${classOfSet(labelSet, together.class).name}, ${roughPercent(together.probability)}`
      : '',
    doubt === 'unsure' ? 'unsure' : '',
    doubt === 'differs' && tagWrong !== null ? `the tag is ${roughPercent(tagWrong)} likely wrong` : '',
    correction ? `you: ${correctionWords(correction, labelSet)}` : '',
    ...series.oddities.map((one) => ODDITIES[one]),
    plural(slices.length, 'slice'),
  ]
    .filter(Boolean)
    .join(', ');
}
