/** The reliability diagram: share of right answers over the probability given to them, one line a way of giving it. */
import type { ReliabilityBin } from '../../core/evaluate/reliability.ts';
import { count, percent, tenths } from '../format.ts';
import { Chart } from './Chart.tsx';
import { ChartTip } from './ChartTip.tsx';
import styles from './ReliabilityChart.module.css';
import type { ChartTable } from './table.ts';

/** `style` as in the legend of a run's curves. */
export type ReliabilityLine = { style: 'plain' | 'calibrated'; bins: readonly ReliabilityBin[] };

type Props = {
  run: string;
  lines: readonly ReliabilityLine[];
  /** For those who don't see it. */
  summary: string;
};

/** One bin of one line; its accuracy stands under the line's name. */
type Row = { style: ReliabilityLine['style']; bin: ReliabilityBin; confidence: number; radius: number } & {
  [style in ReliabilityLine['style']]?: number;
};

const SIDE = 236;
const TICKS = [0, 0.25, 0.5, 0.75, 1];
/** Radius of the dot of the fullest bin; its area is the share of slices. */
const LARGEST_DOT = 7;
const SMALLEST_DOT = 2;

const WORDS = { plain: 'as the network gives them', calibrated: 'calibrated' } as const;

export function ReliabilityChart({ run, lines, summary }: Props) {
  const rows = rowsOf(lines);
  return (
    <Chart
      of="reliability"
      title="Reliability diagram"
      summary={summary}
      table={reliabilityTable(lines)}
      spoken={false}
      width={SIDE}
      height={SIDE}
      run={run}
    >
      {({ LineChart, CartesianGrid, XAxis, YAxis, ReferenceLine, Line, Tooltip }, frame) => (
        <LineChart {...frame} data={rows} margin={{ top: 8, right: 14, bottom: 4, left: 0 }}>
          <CartesianGrid vertical={false} />
          <XAxis
            {...AXIS}
            dataKey="confidence"
            height={28}
            label={{
              value: 'probability of the answer, %',
              position: 'insideBottom',
              offset: -2,
            }}
          />
          <YAxis
            {...AXIS}
            width={40}
            label={{
              value: 'right, %',
              angle: -90,
              position: 'insideLeft',
              offset: 4,
            }}
          />
          <ReferenceLine
            className={styles.diagonal}
            segment={[
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ]}
          />
          {lines.map(({ style }) => (
            <Line
              key={style}
              className={styles[style]}
              dataKey={style}
              connectNulls
              isAnimationActive={false}
              activeDot={false}
              dot={({ cx, cy, payload }: { cx?: number; cy?: number; payload: Row }) => (
                <circle
                  key={`${style}${payload.bin.from}`}
                  className={styles[style]}
                  cx={cx}
                  cy={cy}
                  r={payload.style === style ? payload.radius : 0}
                />
              )}
            />
          ))}
          <Tooltip
            isAnimationActive={false}
            content={({ active, payload }) => {
              const row = payload[0]?.payload as Row | undefined;
              return active && row ? <ChartTip lines={tipOf(row)} /> : null;
            }}
          />
        </LineChart>
      )}
    </Chart>
  );
}

const AXIS = {
  type: 'number' as const,
  domain: [0, 1],
  ticks: TICKS,
  interval: 0,
  tickFormatter: (value: number) => String(value * 100),
  tickLine: false,
  axisLine: false,
  tickMargin: 4,
};

/** Along the axis, so that the keys go from bin to bin. */
function rowsOf(lines: readonly ReliabilityLine[]): Row[] {
  return lines
    .flatMap(({ style, bins }) => {
      const most = Math.max(...bins.map(({ n }) => n));
      return bins
        .filter(({ n }) => n > 0)
        .map((bin) => ({
          style,
          bin,
          confidence: bin.confidence,
          radius: Math.max(SMALLEST_DOT, LARGEST_DOT * Math.sqrt(bin.n / most)),
          [style]: bin.accuracy,
        }));
    })
    .sort((a, b) => a.confidence - b.confidence);
}

function tipOf({ style, bin }: Row) {
  return [
    { word: WORDS[style], value: `${tenths(bin.from)}–${percent(bin.to)}` },
    { word: 'mean probability', value: percent(bin.confidence) },
    { word: 'right', value: percent(bin.accuracy) },
    { word: 'slices', value: count(bin.n) },
  ];
}

export function reliabilityTable(lines: readonly ReliabilityLine[]): ChartTable {
  return {
    head: ['probabilities', 'from', 'to', 'n', 'mean probability', 'right'],
    rows: lines.flatMap(({ style, bins }) =>
      bins
        .filter(({ n }) => n > 0)
        .map(({ from, to, n, confidence, accuracy }) => [WORDS[style], from, to, n, confidence, accuracy]),
    ),
  };
}
