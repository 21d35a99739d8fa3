/** The empty page: where to drop files, the result with and without a model, and that nothing is stored. */
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { FilePick } from '../parts/FilePick.tsx';
import { Icon } from '../parts/Icon.tsx';
import { LoadModel } from '../train/LoadModel.tsx';
import styles from './ClassifyDrop.module.css';
import { type Judging, ruleWords } from './model.ts';

type Props = {
  /** null: there is none yet. */
  model: Judging | null;
  onPick: (files: File[]) => void;
  busy: boolean;
};

export function ClassifyDrop({ model, onPick, busy }: Props) {
  const actions = useActions();
  const rule = ruleWords(useLab((state) => state.runs));
  const starter = model?.choice.kind === 'starter';
  return (
    <div className={styles.drop} data-testid={model ? undefined : 'classify-no-model'}>
      <Icon name="classify" size={44} />
      <h2>{model ? 'Drop a folder to classify' : 'Drop a folder to list its series'}</h2>
      {starter ? (
        <p>
          The starter, a model that comes with this app, says what every series in it looks like, beside what
          its DICOM tag says. No training is needed, and no project data.
        </p>
      ) : model ? (
        <p>
          {model.title} says what every series in it looks like, beside what its DICOM tag says. {rule}
        </p>
      ) : (
        <p>
          There is no model yet, so every series is listed by its headers. For a second opinion from the
          pixels, train a model or load one: the same files are then judged without another drop.
        </p>
      )}
      <p>Nothing is stored: reloading or closing the tab forgets it.</p>
      <div className={styles.buttons}>
        <FilePick kind="folder" onPick={onPick} testId="classify-folder" disabled={busy} size="large" />
        <FilePick kind="files" onPick={onPick} testId="classify-files" disabled={busy} size="large" />
      </div>
      {!model && (
        <div className={styles.buttons}>
          <Button onClick={() => actions.go('train')}>Go to Train</Button>
          <LoadModel />
        </div>
      )}
      {busy && <p>Other files are being read. Wait until they are done, or cancel that.</p>}
    </div>
  );
}
