/** The classified series at the address, in the inspector. */
import { useMemo } from 'react';
import { placeIn } from '../../app/route.ts';
import { runIn } from '../../core/classify/choice.ts';
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { dropRoot } from '../../core/classify/sourcePath.ts';
import { useActions, useLab } from '../context.ts';
import { SeriesInspector } from '../inspect/SeriesInspector.tsx';
import type { Judging } from './model.ts';

/** Size of the inspector's tensor without a model. */
const NO_MODEL_SIZE = 224;

type Props = {
  /** In display order. */
  shown: readonly JudgedSeries[];
  /** Including filtered ones. */
  all: readonly JudgedSeries[];
  /** The chosen model; null: none. */
  model: Judging | null;
};

export function OpenedSeries({ shown, all, model }: Props) {
  const asked = useLab((state) => state.view);
  const actions = useActions();
  const root = useMemo(() => dropRoot(all), [all]);
  const place = shown.findIndex(({ key }) => key === asked.series);
  // An address also opens a filtered series.
  const opened = shown[place] ?? all.find(({ key }) => key === asked.series);
  if (!opened) return null;
  const inspectOther = (by: number) => {
    const to = Math.min(shown.length - 1, Math.max(0, place + by));
    const next = shown[to];
    if (next && next !== opened) actions.look({ series: next.key, slice: '0', item: String(to) });
  };
  return (
    <SeriesInspector
      series={opened}
      at={Math.min(placeIn(asked.slice) ?? 0, opened.slices.length - 1)}
      root={root}
      size={model?.inputSize ?? NO_MODEL_SIZE}
      run={runIn(opened.judge?.model)}
      onSeries={inspectOther}
      onClose={() => actions.look({ series: undefined, slice: undefined, side: undefined }, 'close')}
    />
  );
}
