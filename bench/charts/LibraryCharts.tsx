/** The curves of a run as recharts draws them: the same rows, lines and axes as `RunCharts`, for `npm run bench -- charts`. */
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import type { CurvePoint } from '../../src/core/train/curve.ts';
import type { EpochRecord } from '../../src/core/train/run.ts';
import { countAxis, linearAxis } from '../../src/ui/charts/axis.ts';
import { trainRows, validateRows } from '../../src/ui/charts/rows.ts';

type Props = {
  points: readonly CurvePoint[];
  history: readonly EpochRecord[];
  epochs: number;
  width: number;
  height: number;
};

const STILL = { isAnimationActive: false, activeDot: false } as const;
const AXIS = { type: 'number' as const, tickLine: false, axisLine: false };

export function LibraryCharts({ points, history, epochs, width, height }: Props) {
  const train = trainRows(points, history, 0.8);
  const validate = validateRows(history);
  const x = countAxis(epochs, 10);
  const charts = [
    {
      metric: 'loss',
      smooth: 'lossSmooth',
      y: linearAxis(0, Math.max(...train.map((row) => row.loss ?? 0)), 4),
    },
    { metric: 'accuracy', smooth: 'accuracySmooth', y: linearAxis(0, 1, 4) },
  ] as const;
  return charts.map(({ metric, smooth, y }) => (
    <LineChart key={metric} width={width} height={height} data={validate}>
      <CartesianGrid vertical={false} />
      <XAxis {...AXIS} dataKey="x" domain={x.domain} ticks={x.ticks} interval={0} />
      <XAxis {...AXIS} dataKey="x" domain={x.domain} ticks={x.ticks} interval={0} xAxisId="train" hide />
      <YAxis {...AXIS} domain={y.domain} ticks={y.ticks} interval={0} />
      <Line {...STILL} xAxisId="train" data={train} dataKey={metric} dot={false} strokeOpacity={0.28} />
      <Line {...STILL} xAxisId="train" data={train} dataKey={smooth} dot={false} strokeWidth={1.75} />
      <Line {...STILL} dataKey={metric} strokeDasharray="6 4" />
      <Tooltip isAnimationActive={false} />
    </LineChart>
  ));
}
