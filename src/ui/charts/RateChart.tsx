/** The loss while the learning rate grows, as it was and smoothed, over the logarithm of the rate. */
import type { RatePoint, RateSuggestions } from '../../core/train/rateFinder.ts';
import { RATES } from '../../core/train/rateFinder.ts';
import { learningRate, loss } from '../format.ts';
import { linearAxis } from './axis.ts';
import { Chart } from './Chart.tsx';
import { ChartTip } from './ChartTip.tsx';
import styles from './RateChart.module.css';
import type { ChartTable } from './table.ts';

type Props = { points: readonly RatePoint[]; found: RateSuggestions };

const HEIGHT = 240;
const TICKS = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1];
/** A loss that explodes would leave no room for the rest. */
const SHOWN_ABOVE = 2.5;

export function RateChart({ points, found }: Props) {
  const top = SHOWN_ABOVE * Math.max(...points.slice(0, 5).map((point) => point.loss), 0.1);
  const y = linearAxis(0, top, 4);
  return (
    <Chart
      of="rates"
      title="Loss by learning rate"
      summary={summaryOf(points, found)}
      table={rateTable(points)}
      height={HEIGHT}
      run={null}
    >
      {({ LineChart, CartesianGrid, XAxis, YAxis, ReferenceLine, Line, Tooltip }, frame) => (
        <LineChart {...frame} data={points.slice()} margin={{ top: 16, right: 14, bottom: 4, left: 0 }}>
          <CartesianGrid vertical={false} />
          <XAxis
            type="number"
            dataKey="rate"
            scale="log"
            domain={[RATES.from, RATES.to]}
            ticks={TICKS}
            interval={0}
            tickFormatter={learningRate}
            tickLine={false}
            axisLine={false}
            height={32}
            label={{ value: 'learning rate', position: 'insideBottom', offset: -2 }}
          />
          <YAxis
            width={48}
            domain={y.domain}
            ticks={y.ticks}
            interval={0}
            allowDataOverflow
            tickFormatter={loss}
            tickLine={false}
            axisLine={false}
            label={{ value: 'loss', angle: -90, position: 'insideLeft', offset: 4 }}
          />
          {found && (
            <ReferenceLine
              className={styles.steepest}
              x={found.steepest}
              label={{ value: `steepest, ${learningRate(found.steepest)}`, position: 'top' }}
            />
          )}
          <Line
            className={styles.measured}
            dataKey="loss"
            isAnimationActive={false}
            dot={false}
            activeDot={false}
          />
          <Line
            className={styles.smoothed}
            dataKey="smoothed"
            isAnimationActive={false}
            dot={false}
            activeDot={false}
          />
          <Tooltip
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload[0]?.payload as RatePoint | undefined;
              return active && point ? <ChartTip lines={tipOf(point)} /> : null;
            }}
          />
        </LineChart>
      )}
    </Chart>
  );
}

function tipOf(point: RatePoint) {
  return [
    { word: 'rate', value: learningRate(point.rate) },
    { word: 'loss', value: loss(point.loss) },
    { word: 'smoothed', value: loss(point.smoothed) },
  ];
}

export function summaryOf(points: readonly RatePoint[], found: RateSuggestions): string {
  const last = points.at(-1);
  if (!last) return 'No step was made yet.';
  const fell = found
    ? ` The smoothed loss falls fastest at ${learningRate(found.steepest)}; a tenth of the rate of its minimum is ${learningRate(found.minimum)}.`
    : '';
  return `The loss at ${points.length} rates up to ${learningRate(last.rate)}, from ${loss(points[0].loss)} to ${loss(last.loss)}.${fell}`;
}

export function rateTable(points: readonly RatePoint[]): ChartTable {
  return {
    head: ['rate', 'loss', 'smoothed loss'],
    rows: points.map((point) => [point.rate, point.loss, point.smoothed]),
    show: (cell, column) => (column === 0 ? learningRate(Number(cell)) : loss(Number(cell))),
  };
}
