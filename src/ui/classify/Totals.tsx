/** How many series are of each class, by pixels and tag together; each total is a filter. */
import { type ReactNode, useId, useMemo } from 'react';
import { NO_GROUP, totalsOf } from '../../core/classify/totals.ts';
import { DEFAULT_SET } from '../../core/labels/sets/index.ts';
import { useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { classOfSet, NO_SHOWN_CLASS } from '../parts/classes.ts';
import { ClassSwatch } from '../parts/LabelChip.tsx';
import styles from './Totals.module.css';
import { groupWords } from './words.ts';

type Props = { value: string; onChange: (group: string) => void };

export function Totals({ value, onChange }: Props) {
  const series = useLab((state) => state.classify.series);
  const rule = useLab((state) => state.verdictRule);
  const name = useId();
  const set = series[0]?.labelSet ?? DEFAULT_SET;
  const totals = useMemo(() => totalsOf(series, set, rule), [series, set, rule]);
  const judged = series.some(({ verdict }) => verdict !== null);
  const no = Object.values<string>(NO_GROUP);
  return (
    <fieldset className={styles.totals} data-testid="classify-totals">
      <legend className="spoken">
        {judged ? 'Series by image and tag together' : 'Series by tag'}: choose to see only these
      </legend>
      <Total
        name={name}
        title={plural(series.length, 'series', 'series')}
        checked={value === 'any'}
        onChoose={() => onChange('any')}
      >
        <b>{count(series.length)}</b> series
      </Total>
      {totals.map(({ id, series: n, slices }) => (
        <Total
          key={id}
          name={name}
          title={`${plural(n, 'series', 'series')}, ${plural(slices, 'slice')}`}
          checked={value === id}
          onChoose={() => onChange(id)}
        >
          <ClassSwatch of={no.includes(id) ? NO_SHOWN_CLASS : classOfSet(set, id)} />
          {groupWords(id, set)} <b>{count(n)}</b>
        </Total>
      ))}
    </fieldset>
  );
}

type TotalProps = {
  name: string;
  title: string;
  checked: boolean;
  onChoose: () => void;
  children: ReactNode;
};

function Total({ name, title, checked, onChoose, children }: TotalProps) {
  return (
    <label className={styles.total} title={title}>
      <input type="radio" className="spoken" name={name} checked={checked} onChange={onChoose} />
      <span>{children}</span>
    </label>
  );
}
