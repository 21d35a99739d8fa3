/** A chart of a run with its buttons to save it as SVG, or as PNG at print size. */
import { type ReactNode, useRef } from 'react';
import { useActions } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import styles from './ChartDownloads.module.css';
import { standalonePng, standaloneSvg } from './drawing.ts';

type Props = {
  run: string;
  /** The word for it in the names of its files. */
  name: string;
  /** With one SVG element. */
  children: ReactNode;
};

export function ChartDownloads({ run, name, children }: Props) {
  const chart = useRef<HTMLDivElement>(null);
  const actions = useActions();
  const save = async (draw: (svg: SVGSVGElement) => Blob | null | Promise<Blob | null>) => {
    const svg = chart.current?.querySelector('svg');
    if (svg) await actions.download({ kind: 'drawing', run, name, drawing: await draw(svg) });
  };
  return (
    <div>
      <div ref={chart}>{children}</div>
      <div className={styles.buttons}>
        <Button
          size="small"
          title="This chart as SVG, 85 mm wide"
          onClick={() => void save((svg) => new Blob([standaloneSvg(svg)], { type: 'image/svg+xml' }))}
          data-testid={`${name}-svg`}
        >
          SVG
        </Button>
        <Button
          size="small"
          title="This chart as PNG, 85 mm wide at 300 dots per inch"
          onClick={() => void save(standalonePng)}
          data-testid={`${name}-png`}
        >
          PNG
        </Button>
      </div>
    </div>
  );
}
