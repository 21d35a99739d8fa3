/** The practice files as a zip, for any other tool; it can be stopped. */
import { useEffect, useRef, useState } from 'react';
import type { PracticeChoices } from '../../core/simulate/choices.ts';
import { useActions } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './DownloadZip.module.css';

type Props = { choices: PracticeChoices; disabled: boolean };

export function DownloadZip({ choices, disabled }: Props) {
  const actions = useActions();
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const [failed, setFailed] = useState(false);
  const running = useRef<AbortController | null>(null);
  // Closing the dialog cancels the download.
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    const controller = new AbortController();
    running.current = controller;
    setFailed(false);
    setProgress({ done: 0, total: 0 });
    try {
      await actions.zipPractice(choices, {
        signal: controller.signal,
        onProgress: (done, total) => setProgress({ done, total }),
      });
    } catch {
      setFailed(!controller.signal.aborted);
    }
    setProgress(null);
  };

  if (progress) {
    return (
      <div className={styles.making}>
        <progress
          {...(progress.total > 0 ? { max: progress.total, value: progress.done } : {})}
          aria-label="Files of the zip"
        />
        <Button onClick={() => running.current?.abort()} data-testid="practice-zip-cancel">
          Cancel
        </Button>
      </div>
    );
  }
  return (
    <>
      {failed && (
        <p role="alert" className={styles.failed}>
          The zip was not made: a worker stopped. Nothing was saved; choose fewer patients and try again.
        </p>
      )}
      <Button disabled={disabled} onClick={() => void start()} data-testid="practice-zip">
        <Icon name="download" /> Download as DICOM (zip)
      </Button>
    </>
  );
}
