/** Counts of the answers, which are also the table's filters, and a search. */
import { SURE } from '../../core/classify/judge.ts';
import { MODALITIES } from '../../core/types.ts';
import { useLab } from '../context.ts';
import { count, duration, plural, roughPercent } from '../format.ts';
import { Segmented } from '../parts/Segmented.tsx';
import styles from './Filters.module.css';
import { type Filter, filterSeries, type SeriesView } from './filters.ts';

type Props = {
  view: SeriesView;
  onView: (change: Partial<SeriesView>) => void;
  /** Series in the table. */
  shown: number;
};

export function Filters({ view, onView, shown }: Props) {
  const { series, skipped, files, seconds } = useLab((state) => state.classify);
  const job = useLab((state) => state.job);
  const judged = series.some(({ verdict }) => verdict !== null);
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
            'Tag is none of the four',
            'US, NM, OT and others: no model here knows them',
          ),
          ...(judged ? unsure : []),
          {
            value: 'skipped',
            label: `Skipped ${count(skipped.length)}`,
            title: 'Files that could not be used',
          },
        ]}
      />
      {judged && (
        <Segmented<string>
          label="Looks like"
          testId="classify-verdict"
          value={view.verdict}
          onChange={(verdict) => onView({ verdict })}
          options={[
            { value: 'any', label: 'Any' },
            ...MODALITIES.map((value) => ({
              value,
              label: value,
              title: `Looks like ${value}: ${plural(series.filter(({ verdict }) => verdict === value).length, 'series', 'series')}`,
            })),
          ]}
        />
      )}
      <input
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
