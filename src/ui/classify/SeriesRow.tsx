/** A series: its verdict beside its tag, and its slices when opened. */
import { disagrees } from '../../core/evaluate/tagState.ts';
import type { SeriesVerdict } from '../../core/protocol.ts';
import { count, percent, roughPercent } from '../format.ts';
import { Icon } from '../parts/Icon.tsx';
import { Modality } from '../parts/Modality.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import type { RovingRows } from '../parts/useRovingRows.ts';
import styles from './ClassifyTable.module.css';
import { isUnsure } from './filters.ts';
import { SliceList } from './SliceList.tsx';

type Props = {
  series: SeriesVerdict;
  index: number;
  /** The list measures the row, whose height changes when it opens. */
  measure: (element: HTMLTableSectionElement | null) => void;
  /** The table's arrow keys reach the row by it. */
  focus: ReturnType<RovingRows['rowProps']>;
  open: boolean;
  onToggle: (key: string) => void;
  /** Looks at one of its slices. */
  onInspect: (key: string, at: number) => void;
};

export function SeriesRow({ series, index, measure, focus, open, onToggle, onInspect }: Props) {
  const middle = series.slices[Math.floor(series.slices.length / 2)];
  const unsure = isUnsure(series);
  const differs = disagrees(series.tagState);
  return (
    <tbody ref={measure} data-index={index}>
      <tr
        className={styles.row}
        data-testid="series-row"
        data-verdict={series.verdict}
        data-differs={differs}
      >
        <td className={styles.image}>
          <button
            type="button"
            {...focus}
            aria-expanded={open}
            aria-label={`Slices of ${series.place}`}
            onClick={() => onToggle(series.key)}
            data-testid="series-toggle"
          >
            <span className={open ? styles.opened : ''}>
              <Icon name="right" size={14} />
            </span>
            <span className={styles.picture}>
              {middle && <Thumbnail pixels={middle.thumbnail} side={56} label="" />}
            </span>
          </button>
        </td>
        <td className={styles.chip}>
          <Modality label={series.verdict} />
        </td>
        <td className={styles.probability}>
          <div className={styles.meter}>
            <span className={styles.track}>
              <span
                className={styles.fill}
                style={{
                  width: `${series.probability * 100}%`,
                  background: `var(--${series.verdict.toLowerCase()})`,
                }}
              />
            </span>
            <span className={styles.percent}>{percent(series.probability)}</span>
            <span className={styles.unsure}>{unsure ? 'unsure' : ''}</span>
          </div>
        </td>
        <td className={styles.number}>{roughPercent(series.agreement)}</td>
        <td className={styles.tag}>
          {series.tag ? (
            <Modality label={series.tag} outline />
          ) : (
            <span className={styles.absent}>no tag</span>
          )}
          {differs && (
            <span className={styles.differs} data-testid="differs">
              <Icon name="differs" size={14} />
              differs
            </span>
          )}
        </td>
        <td className={styles.number}>{count(series.slices.length)}</td>
        <td className={styles.place} title={series.place}>
          {series.place}
        </td>
      </tr>
      {open && (
        <tr className={styles.detail}>
          <td colSpan={7}>
            <SliceList slices={series.slices} onOpen={(at) => onInspect(series.key, at)} />
          </td>
        </tr>
      )}
    </tbody>
  );
}
