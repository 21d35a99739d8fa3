/** The network's exact input for a slice, at 224×224 and at the network's own size. */
import { type PointerEvent, useMemo } from 'react';
import { createReduce } from '../../core/train/reduce.ts';
import type { InputSize } from '../../core/train/run.ts';
import { SLICE_SIDE } from '../../core/types.ts';
import { Segmented } from '../parts/Segmented.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import { type Probe, pixelOf } from './picture.ts';
import styles from './Tensor.module.css';

type Size = InputSize;
type Props = {
  slice: Uint8Array;
  size: Size;
  onSize: (size: Size) => void;
  probe: Probe | null;
  onProbe: (probe: Probe | null) => void;
};

const SIZES: readonly { value: Size; label: string }[] = [
  { value: 64, label: '64' },
  { value: 128, label: '128' },
  { value: 224, label: '224' },
];

export function Tensor({ slice, size, onSize, probe, onProbe }: Props) {
  const reduced = useMemo(() => {
    const target = new Uint8Array(size * size);
    createReduce(size)(slice, 0, target, 0);
    return target;
  }, [slice, size]);
  const shared = { probe, onProbe };
  return (
    <section className={styles.tensor} aria-label="What the network gets" data-testid="tensor">
      <header className={styles.header}>
        <h3>What the network gets</h3>
        <Segmented<Size> label="Size of the network’s input" options={SIZES} value={size} onChange={onSize} />
      </header>
      <div className={styles.images}>
        <Bytes {...shared} pixels={slice} side={SLICE_SIDE} name="stored slice" />
        {size < SLICE_SIDE && <Bytes {...shared} pixels={reduced} side={size} name="network’s input" />}
      </div>
    </section>
  );
}

type BytesProps = Pick<Props, 'probe' | 'onProbe'> & { pixels: Uint8Array; side: number; name: string };

function Bytes({ pixels, side, name, probe, onProbe }: BytesProps) {
  const move = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [u, v] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    onProbe(u >= 0 && u < 1 && v >= 0 && v < 1 ? { u, v } : null);
  };
  const at = probe && { row: pixelOf(probe.v, side), column: pixelOf(probe.u, side) };
  return (
    <figure className={styles.bytes}>
      <div className={styles.image} onPointerMove={move} onPointerLeave={() => onProbe(null)}>
        <Thumbnail pixels={pixels} side={side} label={`${side}×${side} ${name}`} />
        {probe && (
          <span className={styles.probe} style={{ left: `${probe.u * 100}%`, top: `${probe.v * 100}%` }} />
        )}
      </div>
      <figcaption>
        <b>
          {side} × {side}
        </b>
        <span>{at ? `${at.row}, ${at.column}: ${pixels[at.row * side + at.column]}` : name}</span>
      </figcaption>
    </figure>
  );
}
