/** Ways to bring an original to hand: its folder again, or the practice files made anew. */
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { FilePick } from '../parts/FilePick.tsx';
import styles from './FindOriginal.module.css';

export function FindOriginal() {
  const practice = useLab((state) => state.practice !== null);
  const blocked = useLab((state) => state.readOnly || state.job !== null);
  const actions = useActions();
  return (
    <div className={styles.ways}>
      {practice && (
        <Button
          size="small"
          disabled={blocked}
          onClick={() => void actions.remakePractice()}
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
