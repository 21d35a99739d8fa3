/** Curves of several runs in one chart: train as lines, validate dashed with a dot per epoch, each run with its letter. */
import { useRef } from 'react';
import { useSize } from '../parts/size.ts';
import { countAxis, linearAxis, logAxis } from './axis.ts';
import styles from './OverlayChart.module.css';
import { apart, boundsOf, type OverlayLines } from './overlay.ts';
import { linePath, makeScale } from './scale.ts';

type Props = {
  name: string;
  /** Names of the runs, in the order of `lines`. */
  titles: readonly string[];
  lines: readonly OverlayLines[];
  log: boolean;
  /** The axis from 0 to 1 at most; else from 0. */
  share: boolean;
  xName: string;
  format: (value: number) => string;
};

/** Room for the labels, in pixels; the letters stand at the right end. */
const LEFT = 46;
const RIGHT = 22;
const TOP = 8;
const BOTTOM = 20;
/** Between two letters that would cover each other. */
const LETTER_PX = 11;

/** A, B, C … */
export const letterOf = (index: number) => String.fromCharCode(65 + index);

export function OverlayChart({ name, titles, lines, log, share, xName, format }: Props) {
  const box = useRef<HTMLElement>(null);
  const { width, height } = useSize(box);
  const bounds = boundsOf(lines);
  if (!bounds) return <p className={styles.none}>None of these runs has a curve.</p>;
  const [low, high] = bounds.y;
  const x = countAxis(bounds.x[1], 8);
  const y = log
    ? logAxis(low, high)
    : share
      ? linearAxis(Math.floor(low * 4) / 4, 1, 4)
      : linearAxis(0, high, 4);
  const across = makeScale(x.domain, [LEFT, Math.max(LEFT + 1, width - RIGHT)]);
  const up = makeScale(y.domain, [Math.max(TOP + 1, height - BOTTOM), TOP], log);
  const ends = lines.map(({ train, validate }) => validate.at(-1) ?? train.at(-1) ?? null);
  const places = apart(
    ends.map((end) => end && up.toPixel(end.y)),
    LETTER_PX,
    [TOP, height - BOTTOM],
  );
  return (
    <figure ref={box} className={styles.chart} aria-label={summary(name, titles, lines, format)}>
      <svg width={width} height={height} aria-hidden="true">
        {y.ticks.map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={width - RIGHT} y1={up.toPixel(value)} y2={up.toPixel(value)} />
            <text x={LEFT - 8} y={up.toPixel(value) + 4} textAnchor="end">
              {format(value)}
            </text>
          </g>
        ))}
        {x.ticks.map((value) => (
          <text key={value} x={across.toPixel(value)} y={height - 4} textAnchor="middle">
            {value}
          </text>
        ))}
        {lines.map(({ train, validate }, i) => {
          const [last, place] = [ends[i], places[i]];
          return (
            <g key={letterOf(i)} className={styles.run} data-run={i % 6}>
              <path
                d={linePath(
                  train,
                  (spot) => spot.x,
                  (spot) => spot.y,
                  across,
                  up,
                )}
              />
              <path
                className={styles.validate}
                d={linePath(
                  validate,
                  (spot) => spot.x,
                  (spot) => spot.y,
                  across,
                  up,
                )}
              />
              {validate.map((spot) => (
                <circle key={spot.x} r={2.5} cx={across.toPixel(spot.x)} cy={up.toPixel(spot.y)} />
              ))}
              {last && place !== null && (
                <text className={styles.letter} x={across.toPixel(last.x) + 5} y={place + 4}>
                  {letterOf(i)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <figcaption className="spoken">
        {name} by {xName}
      </figcaption>
    </figure>
  );
}

/** The chart in a sentence, for screen readers. */
function summary(
  name: string,
  titles: readonly string[],
  lines: readonly OverlayLines[],
  format: (value: number) => string,
): string {
  const words = lines.map(({ train, validate }, i) => {
    const [last, validated] = [train.at(-1), validate.at(-1)];
    const ends = [
      ...(last ? [`train ${format(last.y)}`] : []),
      ...(validated ? [`validate ${format(validated.y)}`] : []),
    ];
    return `${letterOf(i)}, ${titles[i]}: ${ends.join(', ') || 'no curve'}`;
  });
  return `${name} at the end. ${words.join('; ')}`;
}
