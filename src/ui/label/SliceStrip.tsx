/** The slices of a stack as a strip in the colours of their labels; pressing it, or dragging, goes to a slice. */
import { useEffect, useRef } from 'react';
import type { Labelling } from '../../app/label/state.ts';
import { classAt } from '../../core/labels/labelSet.ts';
import { useSize } from '../parts/size.ts';
import styles from './SliceStrip.module.css';
import type { Labeller } from './useLabeller.ts';

type Props = { labeller: Labeller; from: number; to: number; goTo: (slice: number) => void };

export function SliceStrip({ labeller: { labelling, slice }, from, to, goTo }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width } = useSize(frame);
  const { set, labels, version } = labelling;
  const slices = to - from;

  // biome-ignore lint/correctness/useExhaustiveDependencies: labels change in place, with the version
  useEffect(() => {
    const element = canvas.current;
    if (!element || width === 0) return;
    element.width = width;
    element.height = 6;
    draw(element.getContext('2d')!, { set, labels }, from, to, width);
  }, [set, labels, version, from, to, width]);

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
  { set, labels }: Pick<Labelling, 'set' | 'labels'>,
  from: number,
  to: number,
  width: number,
): void {
  context.clearRect(0, 0, width, 6);
  for (let slice = from; slice < to; slice++) {
    const colour = classAt(set, labels.label[slice])?.colour;
    if (!colour) continue;
    const left = Math.floor(((slice - from) / (to - from)) * width);
    const right = Math.ceil(((slice - from + 1) / (to - from)) * width);
    context.globalAlpha = labels.excluded[slice] ? 0.25 : 1;
    context.fillStyle = colour;
    context.fillRect(left, 0, right - left, 6);
  }
}
