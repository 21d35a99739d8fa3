/** The inspector over a classified series, whose files are at hand and of which nothing is stored. */
import type { SeriesVerdict } from '../../core/protocol.ts';
import { Modal } from '../parts/Modal.tsx';
import { Inspector } from './Inspector.tsx';

type Props = {
  series: SeriesVerdict;
  at: number;
  size: 64 | 128 | 224;
  /** Goes to another series of the table. */
  onSeries: (by: number) => void;
  onClose: () => void;
};

export function SeriesInspector({ series, at, size, onSeries, onClose }: Props) {
  return (
    <Modal title={series.place} shape="full" onClose={onClose} testId="slice-drawer">
      <Inspector
        target={{ kind: 'classified', series: series.key, at }}
        size={size}
        onList={onSeries}
        onSeries={onSeries}
      />
    </Modal>
  );
}
