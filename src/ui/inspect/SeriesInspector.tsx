/** The inspector over a classified series, whose files are at hand and of which nothing is stored. */
import { belowDrop } from '../../core/classify/sourcePath.ts';
import type { SeriesVerdict } from '../../core/classify/verdict.ts';
import { Modal } from '../parts/Modal.tsx';
import { Inspector } from './Inspector.tsx';

type Props = {
  series: SeriesVerdict;
  at: number;
  /** The dropped folder: its own name names the patient more often than any other, and stays out of the title. */
  root: string | null;
  size: 64 | 128 | 224;
  /** Whose model judged the series. */
  run: string | null;
  /** Goes to another series of the table. */
  onSeries: (by: number) => void;
  onClose: () => void;
};

export function SeriesInspector({ series, at, root, size, run, onSeries, onClose }: Props) {
  return (
    <Modal title={titleOf(series, root)} shape="full" onClose={onClose} testId="slice-drawer">
      <Inspector
        target={{ kind: 'classified', series: series.key, at }}
        size={size}
        run={run}
        onList={onSeries}
        onSeries={onSeries}
      />
    </Modal>
  );
}

function titleOf({ sourcePath, number }: SeriesVerdict, root: string | null): string {
  const below = belowDrop(sourcePath, root);
  return below === '.' ? (number === null ? 'Series' : `Series ${number}`) : below;
}
