/** Which series of a list are shown, and in which order. */
import type { Proposal } from '../labels/propose.ts';
import type { ImageType } from '../types.ts';
import { MIXED, type SeriesLabels } from './seriesLabels.ts';
import type { SeriesList } from './seriesList.ts';

/** null: any. */
export type SeriesFilter = {
  /** Index into the list's datasets. */
  dataset: number | null;
  /** As in CountedBy. */
  split: number | null;
  /** A class, NO_CLASS, or MIXED. */
  label: number | null;
  /** Index into LABEL_SOURCES. */
  source: number | null;
  kind: ImageType | 'unknown' | null;
  format: string | null;
  /**
   * `differs`: a slice's label is not what its DICOM tag proposes; `disagreed`: two compared readers label it
   * differently.
   */
  only: 'differs' | 'excluded' | 'doubted' | 'disagreed' | null;
  predicted: number | null;
  /** Shares 0–1 of the predicted class. */
  atLeast: number;
  atMost: number;
  /** Words, each of which a series must have. */
  text: string;
};

export const NO_FILTER: SeriesFilter = {
  dataset: null,
  split: null,
  label: null,
  source: null,
  kind: null,
  format: null,
  only: null,
  predicted: null,
  atLeast: 0,
  atMost: 1,
  text: '',
};

/** What a model says of each series; NO_CLASS where it says nothing. */
export type SeriesAnswers = { predicted: Uint8Array; probability: Float32Array };

export type SeriesOrder = 'stored' | 'unsure' | 'slices' | 'label' | 'doubt' | 'cost';

/** What a filter looks at. */
export type Filtered = {
  list: SeriesList;
  labels: SeriesLabels;
  /** By dataset of the list. */
  splitOf: Uint8Array;
  /** By header of the list. */
  proposals: readonly Proposal[];
  answers: SeriesAnswers | null;
  /** Doubts by series, the larger the more. */
  doubts: ReadonlyMap<number, { doubt: number }> | null;
  /** Series that two readers label differently, with what each costs; absent: none were compared. */
  disagreed?: ReadonlyMap<number, { cost: number }>;
  /** The words of a series, in lower case, that a search looks through. */
  wordsOf(series: number): string;
};

/** Numbers of series, in the wanted order. */
export function filterSeries(of: Filtered, filter: SeriesFilter, order: SeriesOrder = 'stored'): Uint32Array {
  const { list } = of;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = new Uint32Array(list.count);
  let count = 0;
  for (let series = 0; series < list.count; series++) {
    if (passes(of, filter, words, series)) shown[count++] = series;
  }
  const found = shown.slice(0, count);
  const by = orderBy(of, order);
  return by ? sorted(found, by) : found;
}

/** What is compared is looked up once for each series, not for each comparison. */
function sorted(series: Uint32Array, by: (series: number) => number): Uint32Array {
  const keys = Float64Array.from(series, by);
  const order = Uint32Array.from(series, (_, at) => at).sort((a, b) => keys[a] - keys[b] || a - b);
  return order.map((at) => series[at]);
}

function passes(of: Filtered, filter: SeriesFilter, words: readonly string[], series: number): boolean {
  const { list, labels, splitOf, answers } = of;
  const is = (wanted: number | string | null, value: number | string | undefined) =>
    wanted === null || wanted === value;
  const facts = list.facts[series];
  if (!is(filter.dataset, list.dataset[series])) return false;
  if (!is(filter.split, splitOf[list.dataset[series]])) return false;
  if (!hasLabel(of, filter.label, series)) return false;
  if (!is(filter.source, labels.sourceOf[series])) return false;
  if (!is(filter.kind, facts.imageType ?? 'unknown') || !is(filter.format, facts.format)) return false;
  if (!is(filter.predicted, answers?.predicted[series])) return false;
  if (filter.atLeast > 0 || filter.atMost < 1) {
    const probability = answers?.probability[series] ?? -1;
    if (probability < filter.atLeast || probability > filter.atMost) return false;
  }
  if (filter.only === 'excluded' && labels.excludedOf[series] === 0) return false;
  if (filter.only === 'doubted' && !of.doubts?.has(series)) return false;
  if (filter.only === 'disagreed' && !of.disagreed?.has(series)) return false;
  if (filter.only === 'differs' && !differsFromTag(of, series)) return false;
  if (words.length === 0) return true;
  const has = of.wordsOf(series);
  return words.every((word) => has.includes(word));
}

/** A class is also found in series where only some slices have it. */
function hasLabel({ list, labels }: Filtered, wanted: number | null, series: number): boolean {
  const own = labels.labelOf[series];
  if (wanted === null || wanted === own) return true;
  if (own !== MIXED) return false;
  return labels.label.subarray(list.start[series], list.start[series + 1]).includes(wanted);
}

/** Whether the label of one of its slices is not what the slice's DICOM tag proposes. */
export function differsFromTag(
  { list, labels, proposals }: Pick<Filtered, 'list' | 'labels' | 'proposals'>,
  series: number,
): boolean {
  for (let slice = list.start[series]; slice < list.start[series + 1]; slice++) {
    const { source, label } = proposals[list.header[slice]];
    if (source === 'tag' && label !== labels.label[slice]) return true;
  }
  return false;
}

/** Ascending; null for the stored order. */
function orderBy({ list, labels, answers, doubts, disagreed }: Filtered, order: SeriesOrder) {
  switch (order) {
    case 'stored':
      return null;
    case 'unsure':
      return (series: number) => answers?.probability[series] ?? 0;
    case 'slices':
      return (series: number) => list.start[series] - list.start[series + 1];
    case 'label':
      return (series: number) => labels.labelOf[series];
    case 'doubt':
      return (series: number) => -(doubts?.get(series)?.doubt ?? 0);
    case 'cost':
      return (series: number) => -(disagreed?.get(series)?.cost ?? -1);
    default:
      return order satisfies never;
  }
}
