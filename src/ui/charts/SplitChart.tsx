/** Slices per class in each split (the paper's Fig. 3), all bars on one scale. */
import type { ReactNode } from 'react';
import type { DatasetRow } from '../../app/state.ts';
import { DEFAULT_SET } from '../../core/labels/sets/index.ts';
import type { Split } from '../../core/types.ts';
import { useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { shownClasses } from '../parts/classes.ts';
import { Chart } from './Chart.tsx';
import { ChartTip } from './ChartTip.tsx';
import styles from './SplitChart.module.css';
import { type SplitBar, splitBars, splitTable } from './splitBars.ts';

const TITLES = { train: 'Train', validate: 'Validate', test: 'Test' } as const;

/** Rows that are seen without scrolling. */
const MOST_ROWS = 9;
/** In pixels. */
const ROW = 17;
const HEAD = 34;
const GAP = 12;
const PADDING = 12;
/** A window this narrow has one below the other. */
const NARROW = 560;

type Props = {
  datasets: DatasetRow[];
  /** Datasets are on their way to one of the splits; `over` is the one under the pointer. */
  dragged?: { over: Split | null } | null;
  /** In the row of the downloads. */
  beside?: ReactNode;
};

export function SplitChart({ datasets, dragged = null, beside }: Props) {
  const set = useLab((state) => state.labelSet);
  const splits = splitBars(datasets, shownClasses(set));
  const most = Math.max(1, ...splits.flatMap(({ bars }) => bars.map(({ n }) => n)));
  const rows = splits[0].bars.length;
  const tall = HEAD + Math.min(rows, MOST_ROWS) * ROW;
  const columns = (width: number) => (width < NARROW ? 1 : splits.length);
  const title = `Slices per ${set.id === DEFAULT_SET.id ? 'modality' : `class of ${set.name}`} in each split`;
  return (
    <section className={styles.chart} aria-label={title} data-testid="split-chart">
      <Chart
        of="splits"
        title={title}
        summary={summaryOf(splits)}
        table={splitTable(splits)}
        height={(width) => (columns(width) === 1 ? splits.length * (tall + GAP) : tall)}
        run={null}
        beside={beside}
      >
        {({ BarChart, XAxis, YAxis, Bar, LabelList, Tooltip }, frame) => {
          const across = columns(frame.width);
          const width = (frame.width - GAP * (across - 1)) / across - 2 * PADDING;
          return (
            <div
              className={styles.splits}
              style={{ gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))` }}
            >
              {splits.map(({ split, bars, slices, members }) => (
                <div
                  key={split}
                  className={styles.split}
                  data-drop={split}
                  data-awaits={dragged ? (dragged.over === split ? 'over' : '') : undefined}
                >
                  <div className={styles.caption}>
                    <strong data-print>{TITLES[split]}</strong>
                    <span data-print>
                      {plural(slices, 'slice')} · {plural(members, 'dataset')}
                    </span>
                  </div>
                  <div className={styles.scroller} style={{ maxHeight: MOST_ROWS * ROW }}>
                    <BarChart
                      {...frame}
                      width={width}
                      height={rows * ROW}
                      layout="vertical"
                      data={bars}
                      barSize={9}
                      margin={{ top: 0, right: 56, bottom: 0, left: 0 }}
                      aria-label={`${TITLES[split]}: ${frame['aria-label']}`}
                    >
                      <XAxis type="number" domain={[0, most]} hide />
                      <YAxis
                        type="category"
                        dataKey="name"
                        width={Math.min(96, nameWidth(bars))}
                        tickFormatter={shortened}
                        interval={0}
                        tickLine={false}
                        axisLine={false}
                        tickMargin={8}
                      />
                      <Bar dataKey="n" minPointSize={2} radius={2} isAnimationActive={false}>
                        <LabelList dataKey="words" position="right" fill="var(--text-2)" />
                      </Bar>
                      <Tooltip
                        isAnimationActive={false}
                        content={({ active, payload }) => {
                          const bar = payload[0]?.payload as SplitBar | undefined;
                          return active && bar ? (
                            <ChartTip lines={[{ word: bar.name, value: `${TITLES[split]} ${bar.words}` }]} />
                          ) : null;
                        }}
                      />
                    </BarChart>
                  </div>
                </div>
              ))}
            </div>
          );
        }}
      </Chart>
    </section>
  );
}

/** About 6 pixels a letter. */
const nameWidth = (bars: readonly SplitBar[]) =>
  Math.max(38, ...bars.map(({ name }) => name.length * 6.2 + 10));

const shortened = (name: string) => (name.length > 14 ? `${name.slice(0, 13)}…` : name);

function summaryOf(splits: ReturnType<typeof splitBars>): string {
  return splits
    .map(
      ({ split, bars }) => `${TITLES[split]}: ${bars.map(({ name, n }) => `${name} ${count(n)}`).join(', ')}`,
    )
    .join('. ');
}
