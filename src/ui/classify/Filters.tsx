/** Counts of the answers, which are also the table's filters. */
import { useLab } from '../context.ts';
import { count, duration, plural, roughPercent } from '../format.ts';
import { Segmented } from '../parts/Segmented.tsx';
import styles from './Filters.module.css';
import { type Filter, filterSeries, isUnsure, SURE } from './filters.ts';

export function Filters({ value, onChange }: { value: Filter; onChange: (filter: Filter) => void }) {
  const { series, skipped, files, seconds } = useLab((state) => state.classify);
  const job = useLab((state) => state.job);
  const differing = filterSeries(series, 'differs').length;
  const unsure = series.filter(isUnsure).length;
  return (
    <div className={styles.filters}>
      <Segmented<Filter>
        label="Show"
        testId="classify-filter"
        value={value}
        onChange={onChange}
        options={[
          { value: 'all', label: `All ${count(series.length)}` },
          {
            value: 'differs',
            label: `Differs ${count(differing)}`,
            title: 'The DICOM tag says another modality than the pixels',
          },
          {
            value: 'unsure',
            label: `Unsure ${count(unsure)}`,
            title: `Probability or agreement below ${roughPercent(SURE)}`,
          },
          {
            value: 'skipped',
            label: `Skipped ${count(skipped.length)}`,
            title: 'Files that could not be used',
          },
        ]}
      />
      <p>
        {job?.kind === 'classify'
          ? `${count(job.done)} of ${plural(job.total, 'file')}; series appear as they are finished`
          : seconds !== null && `${plural(files, 'file')} in ${duration(seconds)}`}
      </p>
    </div>
  );
}
