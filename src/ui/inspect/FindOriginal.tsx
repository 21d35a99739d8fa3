/** Ways to make an original available: drop its folder again, or make the practice files again. */
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { jobWord } from '../jobWord.ts';
import { Button } from '../parts/Button.tsx';
import { FilePick } from '../parts/FilePick.tsx';
import styles from './FindOriginal.module.css';

type Props = {
  /** Name of the slice's dataset, if known. */
  dataset: string | undefined;
};

export function FindOriginal({ dataset }: Props) {
  const practice = useLab((state) => state.practice.length > 0);
  const job = useLab((state) => state.job);
  const readOnly = useLab((state) => state.readOnly);
  const actions = useActions();
  if (job?.kind === 'ingest')
    return (
      <p className={styles.reading} aria-live="polite" data-testid="original-coming">
        {jobWord(job)}: {count(job.done)} of {plural(job.total, 'file')} …
      </p>
    );
  const blocked = readOnly || job !== null;
  return (
    <div className={styles.ways}>
      {practice && (
        <Button
          size="small"
          disabled={blocked}
          onClick={() => void actions.remakePractice(dataset)}
          data-testid="remake-practice"
        >
          Make the practice files again
        </Button>
      )}
      <FilePick
        kind="folder"
        size="small"
        onPick={(files) => void actions.addFiles(files)}
        testId="find-original"
        disabled={blocked}
      />
    </div>
  );
}
