/** Two readers: their agreement, and the series they disagree on. */
import { useEffect, useState } from 'react';
import type { CompareOptions, ReadersCompared } from '../../../app/exchange/readers.ts';
import type { LabelTable } from '../../../core/labels/exchange/readTable.ts';
import type { LabelSet } from '../../../core/labels/labelSet.ts';
import { useActions } from '../../context.ts';
import { plural } from '../../format.ts';
import { Button } from '../../parts/Button.tsx';
import { Modal } from '../../parts/Modal.tsx';
import { Segmented } from '../../parts/Segmented.tsx';
import { Agreement } from './Agreement.tsx';
import { Check } from './Check.tsx';
import styles from './exchange.module.css';
import { LabelFilePick } from './LabelFilePick.tsx';

type Props = { set: LabelSet; onClose: () => void };

export function ReadersDialog({ set, onClose }: Props) {
  const actions = useActions();
  const [own, setOwn] = useState(true);
  const [first, setFirst] = useState<LabelTable | null>(null);
  const [second, setSecond] = useState<LabelTable | null>(null);
  const [options, setOptions] = useState<CompareOptions>({ unit: 'series', peopleOnly: true });
  const [found, setFound] = useState<ReadersCompared | null>(null);

  useEffect(() => {
    let current = true;
    setFound(null);
    if (second && (own || first))
      void actions.compareReaders(own ? null : first, second, options).then((compared) => {
        if (current) setFound(compared);
      });
    return () => {
      current = false;
    };
  }, [actions, own, first, second, options]);

  const queue = found?.comparison.disagreements ?? [];
  return (
    <Modal
      title="Compare two readers"
      onClose={onClose}
      testId="readers-dialog"
      footer={
        <Button
          tone="accent"
          disabled={queue.length === 0}
          onClick={() => {
            void actions.queueDisagreements(queue);
            onClose();
          }}
          data-testid="readers-queue"
        >
          {queue.length === 0
            ? 'Show disagreements'
            : `Show the ${plural(queue.length, 'series', 'series')} they disagree on`}
        </Button>
      }
    >
      <div className={styles.body}>
        <div className={styles.row}>
          <span>First reader</span>
          <Segmented
            label="First reader"
            options={[
              { value: 'own', label: 'This project’s labels' },
              { value: 'file', label: 'A file' },
            ]}
            value={own ? 'own' : 'file'}
            onChange={(value) => setOwn(value === 'own')}
            testId="readers-first"
          />
        </div>
        {!own && <LabelFilePick table={first} onTable={setFirst} testId="readers-first-file" />}
        <div className={styles.row}>
          <span>Second reader</span>
        </div>
        <LabelFilePick table={second} onTable={setSecond} testId="readers-second-file" />
        <div className={styles.row}>
          <span>Count</span>
          <Segmented
            label="What is counted"
            options={[
              { value: 'series', label: 'Series', title: 'By the label of most slices' },
              { value: 'slice', label: 'Slices' },
            ]}
            value={options.unit}
            onChange={(unit) => setOptions({ ...options, unit })}
            testId="readers-unit"
          />
        </div>
        <Check
          title="Only labels that a person gave or imported"
          checked={options.peopleOnly}
          onChange={(peopleOnly) => setOptions({ ...options, peopleOnly })}
          testId="readers-people-only"
        >
          Labels of tags and folders are the same for both readers and would count as agreement.
        </Check>
        {found ? (
          <Agreement set={set} found={found} />
        ) : (
          <p className={styles.note}>
            Choose an export of labels; both readers’ series must be in this project.
          </p>
        )}
      </div>
    </Modal>
  );
}
