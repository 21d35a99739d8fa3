/** Counts of the answers, which are also the table's filters, and a search. */

import type { RefObject } from 'react';
import { SURE } from '../../core/classify/judge.ts';
import { DEFAULT_SET } from '../../core/labels/sets/index.ts';
import { useLab } from '../context.ts';
import { count, duration, plural, roughPercent } from '../format.ts';
import { ClassChoice } from '../parts/ClassChoice.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import styles from './Filters.module.css';
import { type Filter, filterSeries, type SeriesView } from './filters.ts';
import { noneWords } from './Tag.tsx';

type Props = {
  view: SeriesView;
  onView: (change: Partial<SeriesView>) => void;
  /** Series in the table. */
  shown: number;
  search: RefObject<HTMLInputElement | null>;
};

export function Filters({ view, onView, shown, search }: Props) {
  const { series, skipped, files, seconds } = useLab((state) => state.classify);
  const job = useLab((state) => state.job);
  const judged = series.some(({ verdict }) => verdict !== null);
  const labelSet = series[0]?.labelSet ?? DEFAULT_SET;
  const labelled = (value: Filter, label: string, title: string) => ({
    value,
    label: `${label} ${count(filterSeries(series, value).length)}`,
    title,
  });
  const judgedOnly = [
    labelled(
      'differs',
      'Tag and image disagree',
      'The DICOM tag says something else than the image looks like',
    ),
  ];
  const unsure = [
    labelled('unsure', 'Unsure', `Probability, or slices that agree, below ${roughPercent(SURE)}`),
  ];
  return (
    <div className={styles.filters}>
      <Segmented<Filter>
        label="Show"
        testId="classify-filter"
        value={view.filter}
        onChange={(filter) => onView({ filter })}
        options={[
          { value: 'all', label: `All ${count(series.length)}` },
          ...(judged ? judgedOnly : []),
          labelled(
            'none-of-the-four',
            `Tag is ${noneWords(labelSet)}`,
            'US, NM, OT and others: no model here knows them',
          ),
          ...(judged ? unsure : []),
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
      {judged && (
        <ClassChoice
          label="Looks like"
          testId="classify-verdict"
          value={view.verdict}
          onChange={(verdict) => onView({ verdict })}
          options={[
            { value: 'any', label: 'Any' },
            ...labelSet.classes.map(({ id, name }) => ({
              value: id,
              label: name,
              title: `Looks like ${name}: ${plural(series.filter(({ verdict }) => verdict === id).length, 'series', 'series')}`,
            })),
          ]}
        />
      )}
      <input
        ref={search}
        type="search"
        className={styles.search}
        placeholder="Search"
        aria-label="Search folder, tag, id or #series number"
        title="Folder, tag, image type, id, or # and a series number"
        value={view.text}
        onChange={({ target }) => onView({ text: target.value })}
        data-testid="classify-search"
      />
      <p aria-live="polite">
        {job?.kind === 'classify'
          ? `${count(job.done)} of ${plural(job.total, 'file')}; series appear as they are finished`
          : shown < series.length && view.filter !== 'skipped'
            ? `${count(shown)} of ${plural(series.length, 'series', 'series')} shown`
            : seconds !== null && `${plural(files, 'file')} in ${duration(seconds)}`}
      </p>
    </div>
  );
}
