/** A chart with its buttons: the drawing as SVG or as PNG at print size, its numbers as CSV. */
import { type ReactNode, useRef } from 'react';
import { useActions } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import styles from './ChartDownloads.module.css';
import { CHARTS, type ChartName } from './charts.ts';
import { DOTS_PER_INCH, standalonePng, standaloneSvg } from './drawing.ts';
import type { ChartTable } from './table.ts';

type Props = {
  of: ChartName;
  run: string | null;
  table: ChartTable;
  isDrawn: boolean;
  /** With the chart's SVG, or several. */
  children: ReactNode;
};

export function ChartDownloads({ of, run, table, isDrawn, children }: Props) {
  const chart = useRef<HTMLDivElement>(null);
  const actions = useActions();
  const { mm } = CHARTS[of];
  const save = async (draw: (chart: HTMLElement, mm: number) => Blob | null | Promise<Blob | null>) => {
    const drawing = await draw(chart.current!, mm);
    await actions.download({ kind: 'drawing', run, name: of, drawing });
  };
  return (
    <div>
      <div ref={chart}>{children}</div>
      <div className={styles.buttons}>
        <Button
          size="small"
          disabled={!isDrawn}
          title={`This chart as SVG, ${mm} mm wide`}
          onClick={() =>
            void save((drawn) => new Blob([standaloneSvg(drawn, mm)], { type: 'image/svg+xml' }))
          }
          data-testid={`${of}-svg`}
        >
          SVG
        </Button>
        <Button
          size="small"
          disabled={!isDrawn}
          title={`This chart as PNG, ${mm} mm wide at ${DOTS_PER_INCH} dots per inch`}
          onClick={() => void save(standalonePng)}
          data-testid={`${of}-png`}
        >
          PNG
        </Button>
        <Button
          size="small"
          title="The numbers of this chart, as CSV"
          onClick={() =>
            void actions.download({ kind: 'table', run, name: of, head: table.head, rows: table.rows })
          }
          data-testid={`${of}-csv`}
        >
          CSV
        </Button>
      </div>
    </div>
  );
}
