/**
 * One chart of a run: smoothed train over faint raw, dashed validate with a dot per epoch. Plain SVG: ten updates
 * per second cost a few milliseconds, which on a CPU device are taken from the training itself.
 */
import { type PointerEvent, useRef } from 'react';
import { useSize } from '../parts/size.ts';
import type { Axis } from './axis.ts';
import styles from './CurveChart.module.css';
import { CurveTooltip } from './CurveTooltip.tsx';
import { coversTop, snapped } from './hover.ts';
import type { TrainRow, ValidateRow } from './rows.ts';
import { linePath, makeScale } from './scale.ts';

type Props = {
  name: string;
  metric: 'loss' | 'accuracy';
  train: TrainRow[];
  validate: ValidateRow[];
  x: Axis;
  y: Axis;
  log?: boolean;
  format: (value: number) => string;
  tick: (value: number) => string;
  /** Pointer position in epochs, shared by both charts of a run. */
  hover: number | null;
  onHover: (x: number | null) => void;
};

/** Room for the labels, in pixels. */
const LEFT = 46;
const RIGHT = 12;
const TOP = 6;
const BOTTOM = 20;
/** Distance in pixels within which a dot is hit. */
const REACH = 14;
/** Size of the tooltip, including its distance from the pointer, in pixels. */
const TIP = { width: 210, height: 104 };

export function CurveChart(props: Props) {
  const { name, metric, train, validate, x, y, log = false, format, tick, hover, onHover } = props;
  const box = useRef<HTMLElement>(null);
  const { width, height } = useSize(box);
  const across = makeScale(x.domain, [LEFT, Math.max(LEFT + 1, width - RIGHT)]);
  const up = makeScale(y.domain, [Math.max(TOP + 1, height - BOTTOM), TOP], log);
  const smoothKey = `${metric}Smooth` as const;
  const rowX = (row: { x: number }) => row.x;

  const track = (event: PointerEvent) => {
    const at = across.toValue(event.clientX - event.currentTarget.getBoundingClientRect().left);
    const inside = Math.min(x.domain[1], Math.max(x.domain[0], at));
    onHover(snapped(inside, validate, across.toValue(LEFT + REACH) - across.toValue(LEFT)));
  };

  const at = hover === null ? 0 : across.toPixel(hover);
  const flip = at > width / 2;
  const [from, to] = flip ? [at - TIP.width, at] : [at, at + TIP.width];
  const within = (row: { x: number }) => across.toPixel(row.x) >= from && across.toPixel(row.x) <= to;
  const ys =
    hover === null
      ? []
      : [
          ...train.filter(within).map((row) => up.toPixel(row[smoothKey])),
          ...validate.filter(within).map((row) => up.toPixel(row[metric])),
        ];

  return (
    <figure ref={box} className={styles.chart} aria-label={summary(props)}>
      <svg
        width={width}
        height={height}
        aria-hidden="true"
        onPointerMove={track}
        onPointerLeave={() => onHover(null)}
      >
        {y.ticks.map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={width - RIGHT} y1={up.toPixel(value)} y2={up.toPixel(value)} />
            <text x={LEFT - 8} y={up.toPixel(value) + 4} textAnchor="end">
              {tick(value)}
            </text>
          </g>
        ))}
        {x.ticks.map((value) => (
          <text key={value} x={across.toPixel(value)} y={height - 4} textAnchor="middle">
            {value}
          </text>
        ))}
        <path className={styles.raw} d={linePath(train, rowX, (row) => row[metric], across, up)} />
        <path className={styles.train} d={linePath(train, rowX, (row) => row[smoothKey], across, up)} />
        <path className={styles.validate} d={linePath(validate, rowX, (row) => row[metric], across, up)} />
        {validate.map((row) => (
          <circle key={row.x} r={3} cx={across.toPixel(row.x)} cy={up.toPixel(row[metric])} />
        ))}
        {hover !== null && (
          <line
            className={styles.cursor}
            data-pointer
            x1={across.toPixel(hover)}
            x2={across.toPixel(hover)}
            y1={TOP}
            y2={height - BOTTOM}
          />
        )}
      </svg>
      {hover !== null && train.length > 0 && (
        <CurveTooltip
          x={hover}
          pixel={across.toPixel(hover)}
          flip={flip}
          below={coversTop(ys, TIP.height)}
          metric={metric}
          train={train}
          validate={validate}
          format={format}
        />
      )}
      <figcaption className="spoken">{name}</figcaption>
    </figure>
  );
}

/** The chart in a sentence, for screen readers; the epoch table has every number. */
function summary({ name, metric, train, validate, format }: Props): string {
  const last = train.at(-1);
  if (!last) return `${name}: nothing yet`;
  const epoch = validate.at(-1);
  const words = [`train ${format(last[`${metric}Smooth`])}`];
  if (epoch) words.push(`validate ${format(epoch[metric])}`);
  return `${name}: ${words.join(', ')}`;
}
