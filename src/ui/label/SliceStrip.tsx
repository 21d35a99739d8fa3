/** The slices of a stack as a strip in the colours of their labels; pressing it, or dragging, goes to a slice. */
import { useEffect, useRef } from 'react';
import { useSize } from '../parts/size.ts';
import styles from './SliceStrip.module.css';

/** The colour of each slice; a new object whenever one has changed. */
export type Strip = { colourOf(slice: number): string | null; isFaint(slice: number): boolean };

type Props = { strip: Strip; slice: number; from: number; to: number; goTo: (slice: number) => void };

export function SliceStrip({ strip, slice, from, to, goTo }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width } = useSize(frame);
  const slices = to - from;

  useEffect(() => {
    const element = canvas.current;
    if (!element || width === 0) return;
    element.width = width;
    element.height = 6;
    draw(element.getContext('2d')!, strip, from, to, width);
  }, [strip, from, to, width]);

  return (
    <div ref={frame} className={styles.strip}>
      <div className={styles.colours} aria-hidden="true">
        <canvas ref={canvas} />
      </div>
      <input
        type="range"
        className={styles.range}
        min={1}
        max={Math.max(1, slices)}
        value={slice - from + 1}
        disabled={slices < 2}
        aria-label="Slice of the series"
        // The arrow keys belong to the page, which moves it, too.
        tabIndex={-1}
        onChange={({ target }) => goTo(from + target.valueAsNumber - 1)}
        data-testid="label-stack"
      />
    </div>
  );
}

function draw(
  context: CanvasRenderingContext2D,
  { colourOf, isFaint }: Strip,
  from: number,
  to: number,
  width: number,
): void {
  context.clearRect(0, 0, width, 6);
  for (let slice = from; slice < to; slice++) {
    const colour = colourOf(slice);
    if (!colour) continue;
    const left = Math.floor(((slice - from) / (to - from)) * width);
    const right = Math.ceil(((slice - from + 1) / (to - from)) * width);
    context.globalAlpha = isFaint(slice) ? 0.25 : 1;
    context.fillStyle = colour;
    context.fillRect(left, 0, right - left, 6);
  }
}
