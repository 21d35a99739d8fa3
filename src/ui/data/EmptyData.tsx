/** A project without data: one big drop area, practice data, and how files are used. */
import { useState } from 'react';
import { FORMAT_LIST } from '../../core/formats/meta.ts';
import { useActions, useLab } from '../context.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { FileLists } from '../parts/FileLists.tsx';
import { FilePick } from '../parts/FilePick.tsx';
import { Icon } from '../parts/Icon.tsx';
import type { FileList } from '../parts/skipped.ts';
import styles from './EmptyData.module.css';
import { Quiz } from './Quiz.tsx';

export function EmptyData({ readOnly }: { readOnly: boolean }) {
  const drop = useLab((state) => state.drops.at(-1));
  const [list, setList] = useState<FileList | null>(null);
  const actions = useActions();
  const add = (files: File[]) => void actions.addFiles(files);
  return (
    <div className={styles.empty}>
      <h1 className="spoken">Data</h1>
      <div className={styles.first}>
        <div className={styles.drop}>
          <p className={styles.purpose}>
            Which machine made an image: CT, MR, PET or X-ray? Train a network to tell, and see where it
            fails.
          </p>
          <Icon name="drop" size={44} />
          <h2>Drop folders of medical images here</h2>
          <p>{FORMAT_LIST}, and zip archives of them</p>
          <div className={styles.buttons}>
            <FilePick kind="folder" onPick={add} testId="pick-folder" disabled={readOnly} size="large" />
            <FilePick kind="files" onPick={add} testId="pick-files" disabled={readOnly} size="large" />
          </div>
          <div className={styles.or}>or</div>
          <Button
            tone="accent"
            size="large"
            disabled={readOnly}
            onClick={() => void actions.openPractice()}
            data-testid="open-practice"
          >
            Open the practice project
          </Button>
          <Button
            tone="quiet"
            disabled={readOnly}
            onClick={() => actions.look({ practice: 'open' }, 'open')}
            data-testid="choose-practice"
          >
            Choose what it holds …
          </Button>
        </div>
        <Quiz />
      </div>
      <ul className={styles.facts}>
        <li>Each image is resized to 224 × 224 grey pixels, kept in this browser’s storage.</li>
        <li>
          Names, dates and identifiers in headers are dropped as files are read; series and patients are
          remembered only as codes that can’t be turned back.
        </li>
        <li>Nothing leaves this machine, and your files are never changed.</li>
      </ul>
      {drop && (
        <section className={styles.skipped} aria-label="Files of the last drop">
          <h2>No slice was found in {plural(drop.files, 'file')}:</h2>
          <FileLists drop={drop} list={list} onList={setList} />
        </section>
      )}
    </div>
  );
}
