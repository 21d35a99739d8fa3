/** Copies the files at hand into folders by label: first what would be copied, then the copying. */
import { useEffect, useRef, useState } from 'react';
import type { SortOutcome, SortProgress } from '../../../app/exchange/sort.ts';
import type { SortPlan } from '../../../core/labels/exchange/sortPlan.ts';
import { useActions } from '../../context.ts';
import { count, plural, rate, remaining } from '../../format.ts';
import { Button } from '../../parts/Button.tsx';
import { Modal } from '../../parts/Modal.tsx';
import { Check } from './Check.tsx';
import styles from './exchange.module.css';
import { SortResult } from './SortResult.tsx';
import { SortTree } from './SortTree.tsx';

type Props = { onClose: () => void };

/** The File System Access API, which Firefox and Safari lack. */
type Picker = {
  showDirectoryPicker?: (options: { mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle>;
};

export function SortDialog({ onClose }: Props) {
  const actions = useActions();
  const [options, setOptions] = useState({ keepNames: false, unlabelled: false });
  const [plan, setPlan] = useState<SortPlan | null>(null);
  const [progress, setProgress] = useState<SortProgress | null>(null);
  const [outcome, setOutcome] = useState<SortOutcome | null>(null);
  const running = useRef<AbortController | null>(null);
  const picker = (window as Picker).showDirectoryPicker;
  // Closing the dialog cancels the copying.
  useEffect(() => () => running.current?.abort(), []);

  useEffect(() => {
    let current = true;
    setPlan(null);
    void actions.planSort(options).then((found) => {
      if (current) setPlan(found);
    });
    return () => {
      current = false;
    };
  }, [actions, options]);

  const start = async (of: SortPlan, pick: (() => Promise<FileSystemDirectoryHandle>) | null) => {
    // The user may close the picker.
    const folder = pick ? await pick().catch(() => null) : null;
    if (pick && !folder) return;
    const controller = new AbortController();
    running.current = controller;
    setOutcome(null);
    setProgress({ done: 0, total: of.copies.length, rate: null, secondsLeft: null });
    const result = await actions.sortFiles(of, folder, {
      signal: controller.signal,
      onProgress: setProgress,
    });
    setProgress(null);
    setOutcome(result);
  };

  const none = !plan || plan.copies.length === 0;
  return (
    <Modal
      title="Sort files into folders by label"
      onClose={onClose}
      testId="sort-dialog"
      footer={
        progress ? (
          <Button onClick={() => running.current?.abort()} data-testid="sort-cancel">
            Cancel
          </Button>
        ) : (
          <>
            <Button
              tone={picker ? 'plain' : 'accent'}
              disabled={none}
              onClick={() => plan && void start(plan, null)}
              data-testid="sort-zip"
            >
              Save as one zip
            </Button>
            {picker && (
              <Button
                tone="accent"
                disabled={none}
                onClick={() => plan && void start(plan, () => picker.call(window, { mode: 'readwrite' }))}
                data-testid="sort-folder"
              >
                Copy into a folder …
              </Button>
            )}
          </>
        )
      }
    >
      <div className={styles.body}>
        <p>
          Files are copied, never moved, and no file is overwritten. The copies are the original files, with
          all that they say of patients.
        </p>
        <div className={styles.options}>
          <Check
            title="Keep the names of files and datasets"
            checked={options.keepNames}
            disabled={progress !== null}
            onChange={(keepNames) => setOptions({ ...options, keepNames })}
            testId="sort-keep-names"
          >
            They can name patients. Off: both are numbered.
          </Check>
          <Check
            title="Also copy files without a label"
            checked={options.unlabelled}
            disabled={progress !== null}
            onChange={(unlabelled) => setOptions({ ...options, unlabelled })}
            testId="sort-unlabelled"
          />
        </div>
        {progress && (
          <div className={styles.progress}>
            <progress max={Math.max(1, progress.total)} value={progress.done} aria-label="Files copied" />
            <span className={styles.note} data-testid="sort-progress">
              {count(progress.done)} of {plural(progress.total, 'file')}
              {progress.rate !== null && `, ${rate(progress.rate)} a second`}
              {progress.secondsLeft !== null && `, ${remaining(progress.secondsLeft)} left`}
            </span>
          </div>
        )}
        {outcome && <SortResult outcome={outcome} />}
        {plan ? <SortTree plan={plan} /> : <p>Looking through the files …</p>}
      </div>
    </Modal>
  );
}
