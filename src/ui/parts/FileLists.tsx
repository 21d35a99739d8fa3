/** The lists of a drop's files: not used, used in part, and remarks on files that were read. */
import type { Drop } from '../../app/state.ts';
import { count } from '../format.ts';
import styles from './FileLists.module.css';
import { Segmented } from './Segmented.tsx';
import { SkippedList } from './SkippedList.tsx';
import { FILE_LISTS, type FileList, firstList, listedFiles } from './skipped.ts';

const WORDS = {
  unused: { label: 'Not used', title: 'Files that gave no slice' },
  partial: { label: 'Used in part', title: 'Files of which some frames could not be used' },
  remarks: { label: 'Remarks', title: 'Files that were read, with something to say about them' },
} as const satisfies Record<FileList, { label: string; title: string }>;

type Props = {
  drop: Pick<Drop, 'id' | 'unused' | 'remarks'>;
  /** null: the first non-empty list. */
  list: FileList | null;
  onList: (list: FileList) => void;
};

export function FileLists({ drop, list, onList }: Props) {
  const shown = list && listedFiles(drop, list).length > 0 ? list : firstList(drop);
  const present = FILE_LISTS.filter((one) => listedFiles(drop, one).length > 0);
  if (present.length === 0) return <p className={styles.none}>There is nothing to say of these files.</p>;
  return (
    <div className={styles.lists}>
      <Segmented<FileList>
        label="Files"
        testId="file-lists"
        value={shown}
        onChange={onList}
        options={present.map((one) => ({
          value: one,
          label: `${WORDS[one].label} ${count(listedFiles(drop, one).length)}`,
          title: WORDS[one].title,
        }))}
      />
      <SkippedList key={`${drop.id} ${shown}`} files={listedFiles(drop, shown)} />
    </div>
  );
}
