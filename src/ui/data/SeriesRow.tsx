/** A series in the table of a dataset: its middle slice, its tag, and its label with who gave it. */
import { type MouseEvent, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Pictures } from '../../app/label/readAhead.ts';
import type { Labelling } from '../../app/label/state.ts';
import { middleSlice, sliceRef } from '../../core/dataset/seriesList.ts';
import type { SeriesHeading } from '../../core/inspect/heading.ts';
import { NO_CLASS } from '../../core/labels/labelSet.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { ClassChip } from '../label/ClassChip.tsx';
import { labelWords, sourceTitle, tagWords } from '../label/words.ts';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import styles from './SeriesTable.module.css';

type Props = {
  labelling: Labelling;
  series: number;
  index: number;
  /** Whether it is the table's tab stop. */
  stop: boolean;
  selected: boolean;
  pictures: Pictures;
  onClick: (event: MouseEvent) => void;
  onOpen: () => void;
};

export function SeriesRow({ labelling, series, index, stop, selected, pictures, onClick, onOpen }: Props) {
  const { list, labels, set } = labelling;
  const facts = list.facts[series];
  const slices = list.start[series + 1] - list.start[series];
  const label = labels.labelOf[series];
  const source = label === NO_CLASS ? '' : sourceTitle(labels.sourceOf[series]);
  const out = labels.excludedOf[series];
  const heading = useHeading(labelling, series);
  const about = [heading?.description, facts.imageType === 'original' ? null : facts.imageType]
    .filter(Boolean)
    .join(' · ');
  return (
    <tr
      tabIndex={stop ? 0 : -1}
      data-roving={index}
      // The head is the first row.
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-label={`Series ${heading?.number ?? list.number[series]}, ${tagWords(facts)}, ${plural(slices, 'slice')}, ${label === NO_CLASS ? 'no label' : `${labelWords(set, label)}, from ${source}`}${out > 0 ? `, ${count(out)} excluded` : ''}`}
      className={`${selected ? styles.selected : ''} ${out === slices ? styles.out : ''}`}
      onClick={onClick}
      onDoubleClick={onOpen}
      data-testid="series"
    >
      <td className={styles.picture}>
        <Picture labelling={labelling} series={series} pictures={pictures} />
      </td>
      <td className={styles.words}>
        <span>{tagWords(facts)}</span>
        <span className={styles.minor} title={heading ? 'From the file at hand: not stored' : undefined}>
          {heading?.number == null ? `#${count(list.number[series])}` : `no. ${heading.number}`} {about}
        </span>
      </td>
      <td className={styles.number}>{count(slices)}</td>
      <td className={styles.label}>
        <ClassChip set={set} label={label} />
        <span className={styles.minor}>{out === slices ? 'excluded' : source}</span>
      </td>
    </tr>
  );
}

function Picture({
  labelling: { list },
  series,
  pictures,
}: Pick<Props, 'labelling' | 'series' | 'pictures'>) {
  const middle = middleSlice(list, series);
  const read = useCallback(() => pictures.at(sliceRef(list, middle)), [pictures, list, middle]);
  const pixels = useSyncExternalStore(pictures.subscribe, read);
  return (
    <div className={styles.thumbnail}>{pixels && <Thumbnail pixels={pixels} side={224} label="" />}</div>
  );
}

/** Description and number from the file, while it is at hand: they are never stored. */
function useHeading({ list }: Labelling, series: number): SeriesHeading | null {
  const actions = useActions();
  const drops = useLab((state) => (state.job === null ? state.drops.length : -1));
  const [heading, setHeading] = useState<SeriesHeading | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a drop may bring the file
  useEffect(() => {
    let gone = false;
    setHeading(null);
    void actions.seriesHeading(sliceRef(list, list.start[series])).then((found) => {
      if (!gone) setHeading(found);
    });
    return () => {
      gone = true;
    };
  }, [actions, list, series, drops]);
  return heading;
}
