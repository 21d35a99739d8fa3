/** The reliability diagram: share of right answers over the probability given to them, one line a way of giving it. */
import type { ReliabilityBin } from '../../core/evaluate/reliability.ts';
import styles from './ReliabilityChart.module.css';
import { linePath, makeScale } from './scale.ts';

/** `style` as in the legend of a run's curves. */
export type ReliabilityLine = { style: 'plain' | 'calibrated'; bins: readonly ReliabilityBin[] };

const SIDE = 236;
const LEFT = 40;
const BOTTOM = 32;
const TICKS = [0, 0.25, 0.5, 0.75, 1];
/** Radius of the dot of the fullest bin; its area is the share of slices. */
const LARGEST_DOT = 7;
const SMALLEST_DOT = 2;

export function ReliabilityChart({ lines }: { lines: readonly ReliabilityLine[] }) {
  const across = makeScale([0, 1], [LEFT, SIDE - 14]);
  const up = makeScale([0, 1], [SIDE - BOTTOM, 8]);
  return (
    <svg className={styles.chart} width={SIDE} height={SIDE} aria-hidden="true">
      {TICKS.map((value) => (
        <g key={value}>
          <line x1={across.toPixel(0)} x2={across.toPixel(1)} y1={up.toPixel(value)} y2={up.toPixel(value)} />
          <text x={LEFT - 6} y={up.toPixel(value) + 4} textAnchor="end">
            {value * 100}
          </text>
          <text x={across.toPixel(value)} y={SIDE - BOTTOM + 14} textAnchor="middle">
            {value * 100}
          </text>
        </g>
      ))}
      <text x={across.toPixel(0.5)} y={SIDE - 4} textAnchor="middle">
        probability of the answer, %
      </text>
      <text transform={`translate(9 ${up.toPixel(0.5)}) rotate(-90)`} textAnchor="middle">
        right, %
      </text>
      <line
        className={styles.diagonal}
        x1={across.toPixel(0)}
        y1={up.toPixel(0)}
        x2={across.toPixel(1)}
        y2={up.toPixel(1)}
      />
      {lines.map(({ style, bins }) => {
        const filled = bins.filter(({ n }) => n > 0);
        const most = Math.max(...filled.map(({ n }) => n));
        const x = ({ confidence }: ReliabilityBin) => confidence;
        return (
          <g key={style} className={styles[style]}>
            <path d={linePath(filled, x, ({ accuracy }) => accuracy, across, up)} />
            {filled.map((bin) => (
              <circle
                key={bin.from}
                cx={across.toPixel(bin.confidence)}
                cy={up.toPixel(bin.accuracy)}
                r={Math.max(SMALLEST_DOT, LARGEST_DOT * Math.sqrt(bin.n / most))}
              />
            ))}
          </g>
        );
      })}
    </svg>
  );
}
