/** One chart of a run: train smoothed over faint raw, validate dashed with a dot an epoch. */
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Axis } from './axis.ts';
import styles from './CurveChart.module.css';
import { CurveTooltip } from './CurveTooltip.tsx';
import type { Row } from './rows.ts';

type Key = Exclude<keyof Row, 'x'>;

type Props = {
  name: string;
  rows: Row[];
  raw: Key;
  train: Key;
  validate: Key;
  x: Axis;
  y: Axis;
  log?: boolean;
  format: (value: number) => string;
  tick: (value: number) => string;
};

const MARGIN = { top: 6, right: 12, bottom: 0, left: 0 };

export function CurveChart({ name, rows, raw, train, validate, x, y, log = false, format, tick }: Props) {
  const line = { isAnimationActive: false, connectNulls: true, type: 'linear', activeDot: false } as const;
  return (
    <figure className={styles.chart} aria-label={name}>
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={rows} margin={MARGIN} syncId="run" title={name}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="x"
            type="number"
            domain={x.domain}
            ticks={x.ticks}
            interval={0}
            tickLine={false}
            stroke="var(--line-strong)"
            height={22}
            allowDataOverflow
          />
          <YAxis
            type="number"
            scale={log ? 'log' : 'linear'}
            domain={y.domain}
            ticks={y.ticks}
            interval={0}
            tickFormatter={tick}
            tickLine={false}
            axisLine={false}
            width={46}
            allowDataOverflow
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--text-3)' }}
            content={(tooltip) => (
              <CurveTooltip
                row={tooltip.active ? (tooltip.payload?.[0]?.payload as Row | undefined) : undefined}
                raw={raw}
                train={train}
                validate={validate}
                format={format}
              />
            )}
          />
          <Line
            {...line}
            dataKey={raw}
            dot={false}
            stroke="var(--text)"
            strokeOpacity={0.28}
            strokeWidth={1}
          />
          <Line {...line} dataKey={train} dot={false} stroke="var(--text)" strokeWidth={1.75} />
          <Line
            {...line}
            dataKey={validate}
            dot={{ r: 3, fill: 'var(--accent)', strokeWidth: 0 }}
            stroke="var(--accent)"
            strokeWidth={2}
            strokeDasharray="6 4"
          />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
}
