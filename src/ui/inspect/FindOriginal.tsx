/** Ways to bring an original to hand: its folder again, or the demo's files from the app itself. */
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { FilePick } from '../parts/FilePick.tsx';
import styles from './FindOriginal.module.css';

export function FindOriginal() {
  const demo = useLab((state) => state.project.name === 'Demo project');
  const blocked = useLab((state) => state.readOnly || state.job !== null);
  const actions = useActions();
  return (
    <div className={styles.ways}>
      {demo && (
        <Button
          size="small"
          disabled={blocked}
          onClick={() => void actions.fetchDemo()}
          data-testid="fetch-demo"
        >
          Fetch the demo’s files
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
