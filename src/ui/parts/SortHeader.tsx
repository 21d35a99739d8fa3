/** A column's header that sorts by it; a second press reverses the order. */
import { Icon } from './Icon.tsx';
import styles from './SortHeader.module.css';

export type Sort<Key extends string> = { key: Key; ascending: boolean };

type Props<Key extends string> = {
  column: Key;
  label: string;
  sort: Sort<Key>;
  onSort: (sort: Sort<Key>) => void;
  numeric?: boolean;
  /** Initial direction: numbers from the largest, names from A. */
  className?: string;
  title?: string;
};

export function SortHeader<Key extends string>(props: Props<Key>) {
  const { column, label, sort, onSort, numeric = false, className = '', title } = props;
  const active = sort.key === column;
  const order = active ? (sort.ascending ? 'ascending' : 'descending') : 'none';
  return (
    <th
      scope="col"
      title={title}
      aria-sort={order}
      className={`${numeric ? styles.numeric : ''} ${className}`}
    >
      <button
        type="button"
        className={`${styles.sort} ${active ? styles.active : ''}`}
        onClick={() => onSort({ key: column, ascending: active ? !sort.ascending : !numeric })}
      >
        {label}
        <span className={`${styles.arrow} ${styles[order]}`}>
          <Icon name="down" size={10} />
        </span>
      </button>
    </th>
  );
}
