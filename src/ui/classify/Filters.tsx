/** Counts of the answers, which are also the table's filters, and a search. */

import { type RefObject, useMemo } from 'react';
import { SURE } from '../../core/classify/judge.ts';
import { DEFAULT_SET } from '../../core/labels/sets/index.ts';
import { useLab } from '../context.ts';
import { count, duration, plural, roughPercent } from '../format.ts';
import { Segmented } from '../parts/Segmented.tsx';
import styles from './Filters.module.css';
import { type Filter, filterSeries, foldersOf, type SeriesView } from './filters.ts';
import { Totals } from './Totals.tsx';
import { noneWords } from './words.ts';

type Props = {
  view: SeriesView;
  onView: (change: Partial<SeriesView>) => void;
  /** Series in the table. */
  shown: number;
  search: RefObject<HTMLInputElement | null>;
};

export function Filters({ view, onView, shown, search }: Props) {
  const { series, skipped, files, seconds } = useLab((state) => state.classify);
  const rule = useLab((state) => state.verdictRule);
  const job = useLab((state) => state.job);
  const judged = series.some(({ verdict }) => verdict !== null);
  const labelSet = series[0]?.labelSet ?? DEFAULT_SET;
  const folders = useMemo(() => foldersOf(series), [series]);
  const labelled = (value: Filter, label: string, title: string) => ({
    value,
    label: `${label} ${count(filterSeries(series, value, rule).length)}`,
    title,
  });
  const doubts = [
    labelled('unknown', 'Unknown', 'Too strange to the model for any of its classes, whatever the tag says'),
    labelled(
      'differs',
      'Differs',
      'The DICOM tag is more likely wrong than right, by what the image looks like',
    ),
    labelled('unsure', 'Unsure', `Image and tag together are less than ${roughPercent(SURE)} sure`),
  ];
  return (
    <>
      <Totals value={view.group} onChange={(group) => onView({ group })} />
      <div className={styles.filters}>
        <Segmented<Filter>
          label="Show"
          testId="classify-filter"
          value={view.filter}
          onChange={(filter) => onView({ filter })}
          options={[
            { value: 'all', label: `All ${count(series.length)}` },
            ...(judged ? doubts : []),
            labelled(
              'none-of-the-four',
              capital(noneWords(labelSet)),
              'The header says so: US, NM, OT and others, or such a class of object',
            ),
            ...(series.some(({ correction }) => correction)
              ? [labelled('corrected', 'Corrected', 'You said what it is')]
              : []),
            {
              value: 'skipped',
              label: `Skipped ${count(skipped.length)}`,
              title: 'Files that could not be used',
            },
          ]}
        />
        {folders.length > 1 && (
          <select
            aria-label="Folder"
            className={styles.folder}
            value={view.folder}
            onChange={({ target }) => onView({ folder: target.value })}
            data-testid="classify-folder-filter"
          >
            <option value="">All folders</option>
            {folders.map((folder) => (
              <option key={folder} value={folder}>
                {folder}
              </option>
            ))}
          </select>
        )}
        <input
          ref={search}
          type="search"
          className={styles.search}
          placeholder="Search"
          aria-label="Search description, folder, tag, id or #series number"
          title="Description, folder, tag, class of object, id, or # and a series number"
          value={view.text}
          onChange={({ target }) => onView({ text: target.value })}
          data-testid="classify-search"
        />
        <p className={styles.progress} aria-live="polite">
          {job?.kind === 'classify'
            ? `${count(job.done)} of ${plural(job.total, 'file')}; series appear as they are finished`
            : shown < series.length && view.filter !== 'skipped'
              ? `${count(shown)} of ${plural(series.length, 'series', 'series')} shown`
              : seconds !== null && `${plural(files, 'file')} in ${duration(seconds)}`}
        </p>
      </div>
    </>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
