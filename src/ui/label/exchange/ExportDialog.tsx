/** Saves the labels of a set as CSV or JSON; names only if asked. */
import { useEffect, useState } from 'react';
import type { ExchangeFacts } from '../../../app/exchange.ts';
import type { LabelExportOptions } from '../../../core/labels/exchange/record.ts';
import type { LabelSet } from '../../../core/labels/labelSet.ts';
import { useActions } from '../../context.ts';
import { count, percent, plural } from '../../format.ts';
import { Button } from '../../parts/Button.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Modal } from '../../parts/Modal.tsx';
import { Check } from './Check.tsx';
import styles from './exchange.module.css';

type Props = { set: LabelSet; onClose: () => void };

export function ExportDialog({ set, onClose }: Props) {
  const actions = useActions();
  const [facts, setFacts] = useState<ExchangeFacts | null>(null);
  const [options, setOptions] = useState<LabelExportOptions>({
    ...{ datasetNames: false, filePaths: false, everySlice: false, contents: true },
  });
  /** The share of pictures that were read for a file under way. */
  const [reading, setReading] = useState<number | null>(null);
  useEffect(() => void actions.exchangeFacts().then(setFacts), [actions]);
  const tick = (name: keyof typeof options) => (on: boolean) => setOptions({ ...options, [name]: on });
  const save = (format: 'csv' | 'json') => async () => {
    setReading(0);
    await actions.exportLabels(format, options, setReading);
    setReading(null);
  };
  const none = !facts || facts.slices === 0 || reading !== null;

  return (
    <Modal
      title={`Export labels of “${set.name}”`}
      onClose={onClose}
      testId="export-dialog"
      footer={
        <>
          <Button disabled={none} onClick={() => void save('json')()} data-testid="export-json">
            <Icon name="download" /> JSON with the label set
          </Button>
          <Button tone="accent" disabled={none} onClick={() => void save('csv')()} data-testid="export-csv">
            <Icon name="download" /> CSV
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <p data-testid="export-facts">
          {facts
            ? `${plural(facts.slices, 'slice')} in ${plural(facts.series, 'series', 'series')}; ${count(facts.labelled)} of them in a class.`
            : 'Counting …'}
        </p>
        <p>
          A row for each series, or for each slice where slices of a series differ: class, source, reader and
          time of the last edit.
        </p>
        <div className={styles.options}>
          <Check
            title="A row for every slice"
            checked={options.everySlice}
            onChange={tick('everySlice')}
            testId="export-every-slice"
          />
          <Check
            title="Fingerprints of pictures"
            checked={options.contents}
            onChange={tick('contents')}
            testId="export-contents"
          >
            By them the labels find the same images in another project. They say nothing of a patient; whoever
            has the same picture can recognise it.
          </Check>
          <Check
            title="Names of datasets"
            checked={options.datasetNames}
            onChange={tick('datasetNames')}
            testId="export-dataset-names"
          >
            They can name patients or places; without them there are ids only.
          </Check>
          <Check
            title="Paths of files"
            checked={options.filePaths}
            onChange={tick('filePaths')}
            disabled={!facts || facts.atHand === 0}
            testId="export-file-paths"
          >
            {facts?.atHand === 0
              ? 'No file is at hand: drop the folders again to name their files.'
              : `Paths often name patients. Files of ${plural(facts?.atHand ?? 0, 'slice')} are at hand.`}
          </Check>
        </div>
        <p className={styles.note}>Ids are keyed hashes that mean something in this project alone.</p>
        <p className={styles.note} aria-live="polite" data-testid="export-reading">
          {reading !== null && options.contents && `Reading the pictures: ${percent(reading)}.`}
        </p>
      </div>
    </Modal>
  );
}
