/** The inspector for a classified series, whose files are in memory and not stored. */

import type { JudgedSeries } from '../../core/classify/judge.ts';
import { belowDrop } from '../../core/classify/sourcePath.ts';
import type { SeriesVerdict } from '../../core/classify/verdict.ts';
import type { InputSize } from '../../core/train/run.ts';
import { correctByKey } from '../classify/correctByKey.ts';
import { VerdictBar } from '../classify/VerdictBar.tsx';
import { useActions } from '../context.ts';
import { Modal } from '../parts/Modal.tsx';
import { Inspector } from './Inspector.tsx';
import styles from './InspectorDialog.module.css';

type Props = {
  series: JudgedSeries;
  at: number;
  /** The dropped folder: its name is the likeliest to name the patient, so the title omits it. */
  root: string | null;
  size: InputSize;
  /** The run whose model judged the series. */
  run: string | null;
  /** Goes to another series of the table. */
  onSeries: (by: number) => void;
  onClose: () => void;
};

export function SeriesInspector({ series, at, root, size, run, onSeries, onClose }: Props) {
  const actions = useActions();
  const goOn = () => onSeries(1);
  const goTo = (keys: readonly string[] | null) => {
    if (keys && !keys.includes(series.key)) actions.look({ series: keys[0], slice: '0' });
  };
  return (
    <Modal title={titleOf(series, root)} shape="full" onClose={onClose} testId="slice-drawer">
      <div
        className={styles.columns}
        onKeyDownCapture={(event) => correctByKey(event, series, actions, { goOn, goTo })}
      >
        <div className={styles.list}>
          <VerdictBar series={series} onGone={goTo} />
        </div>
        <Inspector
          target={{ kind: 'classified', series: series.key, at }}
          size={size}
          run={run}
          onList={onSeries}
          onSeries={onSeries}
        />
      </div>
    </Modal>
  );
}

function titleOf({ sourcePath, number }: SeriesVerdict, root: string | null): string {
  const below = belowDrop(sourcePath, root);
  return below === '.' ? (number === null ? 'Series' : `Series ${number}`) : below;
}
