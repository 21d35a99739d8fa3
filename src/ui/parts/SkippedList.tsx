/** Files that were left aside, grouped by reason, each with what would make it usable. */
import { useMemo, useState } from 'react';
import type { SkippedFile } from '../../core/protocol.ts';
import { count, plural } from '../format.ts';
import { Icon } from './Icon.tsx';
import styles from './SkippedList.module.css';

/** Rows shown of one reason; the download has all. */
const SHOWN = 200;

type Group = { reason: string; next: string; files: SkippedFile[] };

export function SkippedList({ files }: { files: SkippedFile[] }) {
  const [filter, setFilter] = useState('');
  const groups = useMemo(() => groupByReason(files, filter), [files, filter]);

  return (
    <div className={styles.skipped} data-testid="skipped-list">
      <input
        type="search"
        className={styles.filter}
        placeholder="Filter by name or reason"
        aria-label="Filter by name or reason"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      {groups.length === 0 && <p className={styles.none}>No skipped file matches.</p>}
      {groups.map((group) => (
        <details key={group.reason} className={styles.group} open={filter !== ''}>
          <summary>
            <span className={styles.arrow}>
              <Icon name="right" size={14} />
            </span>
            <span className={styles.count}>{count(group.files.length)}</span>
            <span className={styles.reason}>{group.reason}</span>
            <span className={styles.next}>{group.next}</span>
          </summary>
          <ul className={styles.files}>
            {group.files.slice(0, SHOWN).map((file, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: frames of one file share its path
              <li key={i}>{file.path}</li>
            ))}
          </ul>
          {group.files.length > SHOWN && (
            <p className={styles.more}>
              and {plural(group.files.length - SHOWN, 'more file')}; the download lists all.
            </p>
          )}
        </details>
      ))}
    </div>
  );
}

/** Largest group first. */
function groupByReason(files: SkippedFile[], filter: string): Group[] {
  const wanted = filter.trim().toLowerCase();
  const groups = new Map<string, Group>();
  for (const file of files) {
    if (wanted && !`${file.path} ${file.reason}`.toLowerCase().includes(wanted)) continue;
    const group = groups.get(file.reason) ?? { reason: file.reason, next: file.next, files: [] };
    group.files.push(file);
    groups.set(file.reason, group);
  }
  return [...groups.values()].sort((a, b) => b.files.length - a.files.length);
}
