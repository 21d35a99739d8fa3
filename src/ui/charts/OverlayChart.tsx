/** Curves of several runs in one chart: train as lines, validate dashed with a dot per epoch, each run with its letter. */
import { countAxis, linearAxis, logAxis } from './axis.ts';
import { Chart } from './Chart.tsx';
import { ChartTip } from './ChartTip.tsx';
import styles from './OverlayChart.module.css';
import { apart, boundsOf, type OverlayLines, overlayTable, stopsOf, valuesAt } from './overlay.ts';
import { makeScale } from './scale.ts';

type Props = {
  name: string;
  /** The runs, in the order of `lines`. */
  runs: readonly { id: string; title: string }[];
  lines: readonly OverlayLines[];
  log: boolean;
  /** The axis from 0 to 1 at most; else from 0. */
  share: boolean;
  xName: string;
  format: (value: number) => string;
};

const HEIGHT = 260;
/** Of the axis across, and above the lines, in pixels. */
const BOTTOM = 20;
const TOP = 8;
/** Between two letters that would cover each other. */
const LETTER_PX = 11;
/** Colours come again after so many runs; the letters don't. */
const COLOURS = 6;

/** A, B, C … */
export const letterOf = (index: number) => String.fromCharCode(65 + index);

export function OverlayChart({ name, runs, lines, log, share, xName, format }: Props) {
  const bounds = boundsOf(lines);
  if (!bounds) return <p className={styles.none}>None of these runs has a curve.</p>;
  const [low, high] = bounds.y;
  const x = countAxis(bounds.x[1], 8);
  const y = log
    ? logAxis(low, high)
    : share
      ? linearAxis(Math.floor(low * 4) / 4, 1, 4)
      : linearAxis(0, high, 4);
  const up = makeScale(y.domain, [HEIGHT - BOTTOM, TOP], log);
  const ends = lines.map(({ train, validate }) => validate.at(-1) ?? train.at(-1) ?? null);
  const places = apart(
    ends.map((end) => end && up.toPixel(end.y)),
    LETTER_PX,
    [TOP, HEIGHT - BOTTOM],
  );
  const titles = runs.map(({ title }) => title);
  const across = {
    ...AXIS,
    dataKey: 'x',
    height: BOTTOM,
    domain: [x.domain[0], Math.max(x.domain[1], bounds.x[1])],
    ticks: x.ticks,
    interval: 0 as const,
  };
  return (
    <Chart
      of="overlay"
      title={`${name} by ${xName}`}
      summary={summary(name, titles, lines, format)}
      table={overlayTable(titles, lines, xName)}
      spoken={false}
      height={HEIGHT}
      run={runs[0].id}
    >
      {({ LineChart, CartesianGrid, XAxis, YAxis, Line, ReferenceDot, Tooltip }, frame) => (
        <LineChart {...frame} data={stopsOf(lines)} margin={{ top: TOP, right: 22, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} />
          <XAxis {...across} />
          {/* An axis of its own: the keys go from epoch to epoch, not along every point of train. */}
          <XAxis {...across} xAxisId="train" hide />
          <YAxis
            {...AXIS}
            width={46}
            scale={log ? 'log' : 'linear'}
            domain={y.domain}
            ticks={y.ticks}
            interval={0}
            tickFormatter={format}
            allowDataOverflow
          />
          {lines.map(({ train }, i) => (
            <Line
              key={`train ${letterOf(i)}`}
              className={runClass(i)}
              xAxisId="train"
              data={train}
              dataKey="y"
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
          {lines.map((_, i) => (
            <Line
              key={`validate ${letterOf(i)}`}
              className={`${runClass(i)} ${styles.validate}`}
              dataKey={`y${i}`}
              connectNulls
              dot={{ className: runClass(i), r: 2.5 }}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
          {ends.map(
            (end, i) =>
              end && (
                <ReferenceDot
                  key={`letter ${letterOf(i)}`}
                  x={end.x}
                  y={end.y}
                  r={0}
                  label={{
                    value: letterOf(i),
                    position: 'right',
                    dy: places[i]! - up.toPixel(end.y),
                    fill: 'currentcolor',
                    className: `${runClass(i)} ${styles.letter}`,
                  }}
                />
              ),
          )}
          <Tooltip
            isAnimationActive={false}
            content={({ active, label }) =>
              active && <ChartTip lines={tipOf(lines, Number(label), xName, format)} />
            }
          />
        </LineChart>
      )}
    </Chart>
  );
}

const AXIS = {
  type: 'number' as const,
  tickLine: false,
  axisLine: false,
  tickMargin: 4,
};

const runClass = (i: number) => `${styles.run} ${styles[`run${i % COLOURS}`]}`;

function tipOf(lines: readonly OverlayLines[], x: number, xName: string, format: (value: number) => string) {
  return [
    { word: xName, value: String(Number(x.toFixed(2))) },
    ...valuesAt(lines, x).map(({ train, validate }, i) => ({
      word: letterOf(i),
      value: [
        ...(train === null ? [] : [`train ${format(train)}`]),
        ...(validate === null ? [] : [`validate ${format(validate)}`]),
      ].join(', '),
    })),
  ].filter(({ value }) => value !== '');
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
