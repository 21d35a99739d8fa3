/** A heat map to overlay on an image, and its colour bar. */
import { useEffect, useRef } from 'react';
import { SLICE_SIDE } from '../../core/types.ts';
import styles from './HeatMap.module.css';
import { colourOf, type Heat, paintHeat } from './heat.ts';

/** Slider for the map's opacity, 0–1. */
export type Overlay = { heat: Heat; opacity: number };

export function HeatMap({ heat, opacity }: Overlay) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new ImageData(paintHeat(heat), SLICE_SIDE, SLICE_SIDE);
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [heat]);
  return (
    <span className={styles.map} style={{ opacity }} aria-hidden="true" data-testid="heat">
      <canvas ref={canvas} width={SLICE_SIDE} height={SLICE_SIDE} />
    </span>
  );
}

const STEPS = 128;

type BarProps = Overlay & { low: string; middle: string; high: string; label: string };

export function ColourBar({ heat, opacity, low, middle, high, label }: BarProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const twoSided = heat.low < 0;
  useEffect(() => {
    const image = new ImageData(STEPS, 1);
    for (let i = 0; i < STEPS; i++) {
      const share = i / (STEPS - 1);
      image.data.set(colourOf(twoSided ? 2 * share - 1 : share, twoSided), i * 4);
    }
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [twoSided]);
  return (
    <figure className={styles.bar} data-testid="colour-bar">
      <div className={styles.ground}>
        <canvas
          ref={canvas}
          width={STEPS}
          height={1}
          role="img"
          aria-label={`Colours from ${low} to ${high}: ${label}`}
          style={{ opacity }}
        />
      </div>
      <figcaption>
        <span>{low}</span>
        <span>{middle}</span>
        <span>{high}</span>
      </figcaption>
    </figure>
  );
}
