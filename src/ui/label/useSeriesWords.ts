/** The words of series that a search looks through, made again only when the series or a name has changed. */
import { useMemo } from 'react';
import type { SeriesList } from '../../core/dataset/seriesList.ts';
import { useLab } from '../context.ts';
import { wordsOfSeries } from './words.ts';

export function useSeriesWords(list: SeriesList): (series: number) => string {
  const datasets = useLab((state) => state.datasets);
  // The figures of datasets are read anew after each pause of labelling: a queue must not begin again for them.
  const names = datasets.map(({ id, name }) => `${id} ${name}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the datasets, only the names matter
  return useMemo(() => wordsOfSeries(list, datasets), [list, names]);
}
