/** Chooses the contents of a practice project before it is made, beside one picture with scanner knobs. */
import { useMemo, useState } from 'react';
import { DEFAULT_CHOICES, type PracticeChoices } from '../../core/simulate/choices.ts';
import { figuresOf } from '../../core/simulate/figures.ts';
import { planPractice } from '../../core/simulate/plan.ts';
import { useActions, useLab } from '../context.ts';
import { bytes, plural, remaining } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';
import { Choices } from './Choices.tsx';
import { DownloadZip } from './DownloadZip.tsx';
import styles from './PracticeDialog.module.css';
import { Preview } from './Preview.tsx';

export function PracticeDialog() {
  const kept = useLab((state) => state.practice.at(-1)?.choices);
  const readOnly = useLab((state) => state.readOnly);
  const job = useLab((state) => state.job);
  const holds = useLab((state) => state.datasets.length > 0);
  const actions = useActions();
  const [choices, setChoices] = useState<PracticeChoices>({ ...(kept ?? DEFAULT_CHOICES), shortcut: null });
  const plan = useMemo(() => planPractice(choices), [choices]);
  const figures = figuresOf(plan);
  const nothing = figures.series === 0;
  const workers = Math.max(1, Math.min(4, navigator.hardwareConcurrency));
  const close = () => actions.look({ practice: undefined }, 'close');
  const blocked = nothing || job !== null;

  return (
    <Modal
      title="Practice data"
      shape="full"
      onClose={close}
      testId="practice-dialog"
      footer={
        <>
          <p className={styles.plan} role="status" data-testid="practice-plan">
            {nothing
              ? 'Nothing would be made: no chosen site takes such pictures of these body parts.'
              : `${plural(figures.sites, 'site')}, ${plural(figures.series, 'series', 'series')}, ${plural(figures.slices, 'slice')}: about ${bytes(figures.bytes)}, about ${remaining(Math.max(1, figures.seconds / workers))}`}
          </p>
          <DownloadZip choices={choices} disabled={blocked} />
          {holds && (
            <Button
              disabled={blocked || readOnly}
              onClick={() => {
                close();
                void actions.addPractice(choices);
              }}
              data-testid="practice-add"
            >
              Add to this project
            </Button>
          )}
          <Button
            tone="accent"
            disabled={blocked || readOnly}
            onClick={() => {
              close();
              void actions.openPractice(choices);
            }}
            data-testid="practice-make"
          >
            Make a project of it
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <Choices choices={choices} onChange={setChoices} />
        <Preview />
      </div>
    </Modal>
  );
}
