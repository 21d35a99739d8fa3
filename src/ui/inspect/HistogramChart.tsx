/** The histogram of an image's values, with the range of the window. */
import type { Histogram } from '../../core/image/histogram.ts';
import { type Window, windowEnds } from '../../core/image/window.ts';
import styles from './HistogramChart.module.css';
import { figure } from './picture.ts';

type Props = { histogram: Histogram; window: Window; unit: string };

const HEIGHT = 64;

export function HistogramChart({ histogram, window, unit }: Props) {
  const { bins, low, high } = histogram;
  const ends = windowEnds(window);
  // Square roots, so that tissue is visible beside the surrounding air.
  const most = Math.sqrt(bins.reduce((a, b) => Math.max(a, b), 1));
  const place = (value: number) =>
    high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) * bins.length : 0;
  const outline = Array.from(bins, (n, i) => {
    const y = (HEIGHT * (1 - Math.sqrt(n) / most)).toFixed(1);
    return `L${i} ${y}L${i + 1} ${y}`;
  }).join('');
  const words = `Values from ${figure(low)} to ${figure(high)} ${unit}, shown from ${figure(ends.low)} to ${figure(ends.high)}`;
  return (
    <figure className={styles.histogram} data-testid="histogram">
      <svg
        viewBox={`0 0 ${bins.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Histogram. ${words}`}
      >
        <rect
          className={styles.shown}
          x={place(ends.low)}
          width={place(ends.high) - place(ends.low)}
          height={HEIGHT}
        />
        <path className={styles.bins} d={`M0 ${HEIGHT}${outline}L${bins.length} ${HEIGHT}Z`} />
        {[ends.low, ends.high].map((value, i) =>
          value < low || value > high ? null : (
            <line
              // biome-ignore lint/suspicious/noArrayIndexKey: black and white, always these two
              key={i}
              className={styles.end}
              x1={place(value)}
              x2={place(value)}
              y2={HEIGHT}
            />
          ),
        )}
      </svg>
      <figcaption>
        <span>{figure(low)}</span>
        <span>
          window {figure(ends.low)} … {figure(ends.high)} {unit}
        </span>
        <span>{figure(high)}</span>
      </figcaption>
    </figure>
  );
}
