/** The slice that the model is asked about, with its map; a rectangle drawn on it crops it. */
import { type PointerEvent, useRef, useState } from 'react';
import type { Crop } from '../../core/explain/edits.ts';
import { cropOf, type Edits, SMALLEST_CROP } from '../../core/explain/edits.ts';
import { SLICE_SIDE } from '../../core/types.ts';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import { HeatMap, type Overlay } from './HeatMap.tsx';
import styles from './Why.module.css';

type Props = {
  /** Edited. */
  pixels: Uint8Array;
  edits: Edits;
  overlay: Overlay | null;
  onCrop: (crop: Crop) => void;
};

type Rectangle = { u0: number; v0: number; u1: number; v1: number };

/** A click, or a drag shorter than this share of the side, draws no rectangle. */
const LEAST = SMALLEST_CROP / SLICE_SIDE / 2;

export function EditedSlice({ pixels, edits, overlay, onCrop }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Rectangle | null>(null);

  const at = (event: PointerEvent) => {
    const box = frame.current!.getBoundingClientRect();
    const share = (value: number) => Math.min(1, Math.max(0, value));
    return {
      u: share((event.clientX - box.left) / box.width),
      v: share((event.clientY - box.top) / box.height),
    };
  };

  return (
    <div
      ref={frame}
      className={styles.slice}
      data-testid="edited-slice"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        const { u, v } = at(event);
        setDrawn({ u0: u, v0: v, u1: u, v1: v });
      }}
      onPointerMove={(event) => {
        if (!drawn) return;
        const { u, v } = at(event);
        setDrawn({ ...drawn, u1: u, v1: v });
      }}
      onPointerUp={() => {
        setDrawn(null);
        if (!drawn) return;
        const { u0, v0, u1, v1 } = drawn;
        if (Math.abs(u1 - u0) > LEAST && Math.abs(v1 - v0) > LEAST) onCrop(cropOf(edits, drawn));
      }}
      onPointerCancel={() => setDrawn(null)}
    >
      <Thumbnail pixels={pixels} side={SLICE_SIDE} label="The slice as the model gets it" />
      {overlay && <HeatMap {...overlay} />}
      {drawn && <span className={styles.drawn} style={placeOf(drawn)} />}
    </div>
  );
}

function placeOf({ u0, v0, u1, v1 }: Rectangle) {
  const share = (value: number) => `${value * 100}%`;
  return {
    left: share(Math.min(u0, u1)),
    top: share(Math.min(v0, v1)),
    width: share(Math.abs(u1 - u0)),
    height: share(Math.abs(v1 - v0)),
  };
}
