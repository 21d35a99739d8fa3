/** Balanced accuracy over the size of the training data: means with their intervals, the law, and its forecast. */
import type { Measure, SizeCurve } from '../../core/train/sizeCurve.ts';
import type { Split } from '../../core/types.ts';
import { count, percent, tickPercent } from '../format.ts';
import { linearAxis } from './axis.ts';
import { Chart } from './Chart.tsx';
import { ChartTip } from './ChartTip.tsx';
import styles from './SizeChart.module.css';
import type { ChartTable } from './table.ts';

type Props = { run: string; curve: SizeCurve; measure: Measure; split: Split };

type Row = { n: number; mean?: number; half?: number; runs?: number; law?: number; forecast?: number };

const HEIGHT = 260;
/** About so many steps along the shares. */
const PARTS = 5;
/** Places at which the law is drawn. */
const STEPS = 40;

export function SizeChart({ run, curve, measure, split }: Props) {
  const rows = rowsOf(curve);
  const values = rows.flatMap(({ mean, half = 0, law, forecast }) => [
    ...(mean === undefined ? [] : [mean - half, mean + half]),
    ...((law ?? forecast) ? [law ?? forecast ?? 0] : []),
  ]);
  const y = linearAxis(Math.max(0, Math.min(...values)), 1, PARTS);
  return (
    <Chart
      of="sizes"
      title={`Balanced accuracy by ${measure} in train`}
      summary={summaryOf(curve, measure, split)}
      table={sizeTable(curve, measure)}
      height={HEIGHT}
      run={run}
    >
      {({ ComposedChart, CartesianGrid, XAxis, YAxis, Line, ErrorBar, Tooltip }, frame) => (
        <ComposedChart
          {...frame}
          className={styles.chart}
          data={rows}
          margin={{ top: 12, right: 24, bottom: 4, left: 0 }}
        >
          <CartesianGrid vertical={false} />
          <XAxis
            type="number"
            dataKey="n"
            scale="log"
            domain={['dataMin', 'dataMax']}
            ticks={ticksOf(curve)}
            interval={0}
            tickFormatter={(n: number) => count(Math.round(n))}
            tickLine={false}
            axisLine={false}
            height={32}
            label={{ value: `${measure} in train`, position: 'insideBottom', offset: -2 }}
          />
          <YAxis
            width={52}
            domain={y.domain}
            ticks={y.ticks}
            interval={0}
            allowDataOverflow
            tickFormatter={tickPercent}
            tickLine={false}
            axisLine={false}
          />
          <Line
            className={styles.law}
            dataKey="law"
            connectNulls
            isAnimationActive={false}
            dot={false}
            activeDot={false}
          />
          <Line
            className={styles.forecast}
            dataKey="forecast"
            connectNulls
            isAnimationActive={false}
            dot={false}
            activeDot={false}
          />
          <Line
            className={styles.mean}
            dataKey="mean"
            isAnimationActive={false}
            activeDot={false}
            dot={{ r: 4 }}
          >
            <ErrorBar dataKey="half" width={6} direction="y" isAnimationActive={false} />
          </Line>
          <Tooltip
            isAnimationActive={false}
            content={({ active, payload }) => {
              const row = payload[0]?.payload as Row | undefined;
              return active && row ? <ChartTip lines={tipOf(row, measure)} /> : null;
            }}
          />
        </ComposedChart>
      )}
    </Chart>
  );
}

/** Along the axis: sizes with their means, and the law between the smallest and twice the largest. */
function rowsOf({ means, law }: SizeCurve): Row[] {
  const rows: Row[] = means.map(({ n, mean, half, runs }) => ({
    n,
    mean,
    runs,
    ...(half !== null && { half }),
  }));
  if (typeof law === 'string') return rows;
  const [first, last] = [means[0].n, means[means.length - 1].n];
  const drawn = Array.from({ length: STEPS + 1 }, (_, i): Row => {
    const n = first * ((2 * last) / first) ** (i / STEPS);
    const { value } = law.at(n);
    return n <= last ? { n, law: value } : { n, forecast: value };
  });
  const joint = { n: last, law: law.at(last).value, forecast: law.at(last).value };
  return [...rows, ...drawn, joint].sort((a, b) => a.n - b.n);
}

function ticksOf({ means, forecast }: SizeCurve): number[] {
  return [...means.map(({ n }) => n), ...(forecast ? [forecast.n] : [])];
}

function tipOf({ n, mean, half, runs, law, forecast }: Row, measure: Measure) {
  return [
    { word: measure, value: count(Math.round(n)) },
    ...(mean === undefined ? [] : [{ word: 'mean', value: percent(mean) }]),
    ...(half === undefined ? [] : [{ word: '±', value: percent(half) }]),
    ...(runs === undefined ? [] : [{ word: 'runs', value: count(runs) }]),
    ...(law === undefined ? [] : [{ word: 'law', value: percent(law) }]),
    ...(law !== undefined || forecast === undefined ? [] : [{ word: 'forecast', value: percent(forecast) }]),
  ];
}

export function summaryOf({ means, forecast }: SizeCurve, measure: Measure, split: Split): string {
  const [first, last] = [means[0], means[means.length - 1]];
  const more = forecast
    ? ` The law forecasts ${percent(forecast.value)} for ${count(Math.round(forecast.n))}.`
    : '';
  return `Balanced accuracy on ${split}: ${percent(first.mean)} with ${count(Math.round(first.n))} ${measure}, ${percent(last.mean)} with ${count(Math.round(last.n))}.${more}`;
}

export function sizeTable({ means, law, forecast }: SizeCurve, measure: Measure): ChartTable {
  return {
    head: [measure, 'runs', 'balanced accuracy', '± of the mean', 'law', '± of the law'],
    rows: [
      ...means.map(({ n, runs, mean, half }) => {
        const at = typeof law === 'string' ? null : law.at(n);
        return [n, runs, mean, half, at?.value ?? null, at?.half ?? null];
      }),
      ...(forecast ? [[forecast.n, 0, null, null, forecast.value, forecast.half]] : []),
    ],
    show: (cell, column) => (column < 2 ? count(Math.round(Number(cell))) : percent(Number(cell))),
  };
}
