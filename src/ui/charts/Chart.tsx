/** The frame of a chart: its name, its place while the library loads, the drawing, its numbers, and its downloads. */
import { type ReactNode, useRef } from 'react';
import { useSize } from '../parts/size.ts';
import styles from './Chart.module.css';
import { ChartDownloads } from './ChartDownloads.tsx';
import type { ChartName } from './charts.ts';
import { svgOf } from './drawing.ts';
import { type ChartTable, wordsOf } from './table.ts';
import { type Library, useLibrary } from './useLibrary.ts';

/** For the chart element of the library: its size in pixels, and what it is called. */
export type Frame = { width: number; height: number; 'aria-label': string; accessibilityLayer: true };

type Props = {
  /** Its line in the registry. */
  of: ChartName;
  /** "Loss by epoch". */
  title: string;
  /** What is to be seen, in a sentence, for those who don't see it. */
  summary: string;
  /** What is drawn, in numbers. */
  table: ChartTable;
  /** False where the page shows the numbers in a table of its own. */
  spoken?: boolean;
  /** In pixels; it may depend on the width that there is. */
  height: number | ((width: number) => number);
  /** Absent: as wide as there is room. */
  width?: number;
  /** The run that it is of, for names of files; null: of the project. */
  run: string | null;
  /** In the row of the downloads. */
  beside?: ReactNode;
  children: (library: Library, frame: Frame) => ReactNode;
};

export function Chart(props: Props) {
  const { of, title, summary, table, spoken = true, height, width, run, beside, children } = props;
  const box = useRef<HTMLElement>(null);
  const room = useSize(box);
  const library = useLibrary();
  const wide = width ?? room.width;
  const tall = typeof height === 'number' ? height : height(wide);
  const frame: Frame = {
    width: wide,
    height: tall,
    'aria-label': `${title}. The arrow keys go from value to value.`,
    accessibilityLayer: true,
  };
  const isDrawn = typeof library === 'object' && wide > 0;
  return (
    <div>
      <figure
        ref={box}
        className={styles.chart}
        style={{ height: tall, ...(width === undefined ? {} : { width }) }}
        aria-label={summary}
        aria-busy={library === 'loading'}
        data-chart={of}
      >
        {isDrawn && children(library, frame)}
        {library === 'failed' && (
          <p className={styles.failed}>
            The chart could not be loaded. Nothing else is affected: its numbers can be saved as CSV. Reload
            the page to see it.
          </p>
        )}
        {spoken && <SpokenTable title={title} table={table} />}
      </figure>
      <div className={styles.below}>
        {beside}
        <ChartDownloads
          of={of}
          run={run}
          table={table}
          draw={isDrawn ? (mm) => svgOf(box.current!, summary, mm) : null}
        />
      </div>
    </div>
  );
}

function SpokenTable({ title, table }: { title: string; table: ChartTable }) {
  const { head, rows } = table;
  return (
    <table className="spoken">
      <caption>{title}</caption>
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no state
          <tr key={i}>
            {row.map((cell, k) => (
              <td key={head[k]}>{wordsOf(table, cell, k)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
