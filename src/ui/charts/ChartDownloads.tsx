/** The buttons that save a chart: the drawing as SVG or as PNG at print size, its numbers as CSV. */
import { useActions } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import styles from './ChartDownloads.module.css';
import { CHARTS, type ChartName } from './charts.ts';
import { DOTS_PER_INCH, pngOf } from './drawing.ts';
import type { ChartTable } from './table.ts';

type Props = {
  of: ChartName;
  /** null: it is of the project. */
  run: string | null;
  table: ChartTable;
  /** Its drawing for print, so many mm wide; null until there is one. */
  draw: ((mm: number) => string | Promise<string>) | null;
};

export function ChartDownloads({ of, run, table, draw }: Props) {
  const actions = useActions();
  const { mm } = CHARTS[of];
  const save = async (made: (svg: string, mm: number) => Blob | Promise<Blob | null>) => {
    const drawing = draw && (await made(await draw(mm), mm));
    await actions.download({ kind: 'drawing', run, name: of, drawing });
  };
  return (
    <div className={styles.buttons}>
      <Button
        size="small"
        disabled={!draw}
        title={`This chart as SVG, ${mm} mm wide`}
        onClick={() => void save((svg) => new Blob([svg], { type: 'image/svg+xml' }))}
        data-testid={`${of}-svg`}
      >
        SVG
      </Button>
      <Button
        size="small"
        disabled={!draw}
        title={`This chart as PNG, ${mm} mm wide at ${DOTS_PER_INCH} dots per inch`}
        onClick={() => void save(pngOf)}
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
  );
}
