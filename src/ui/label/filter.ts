/** The filter of the Label page in its address: ids and our own words. The search is not in it. */
import type { Labelling } from '../../app/label/state.ts';
import type { View } from '../../app/route.ts';
import { NO_FILTER, type SeriesFilter, type SeriesOrder } from '../../core/dataset/seriesFilter.ts';
import { MIXED } from '../../core/dataset/seriesLabels.ts';
import { NO_CLASS } from '../../core/labels/labelSet.ts';
import { IMAGE_TYPES, LABEL_SOURCES, SPLITS } from '../../core/types.ts';

/** The keys of the address that filter. */
export const FILTER_KEYS = [
  'dataset',
  'split',
  'label',
  'source',
  'kind',
  'format',
  'show',
  'predicted',
  'from',
  'to',
] as const satisfies readonly (keyof View)[];

export const SHOWN = ['differs', 'excluded', 'doubted', 'disagreed'] as const;
export const ORDERS = [
  'stored',
  'unsure',
  'slices',
  'label',
  'doubt',
  'cost',
] as const satisfies readonly SeriesOrder[];

type Known = Pick<Labelling, 'list' | 'set'>;

/** What an address asks for; words that mean nothing here filter nothing. */
export function filterOf(view: View, { list, set }: Known, text: string): SeriesFilter {
  const at = (all: readonly string[], word: string | undefined) =>
    word === undefined || !all.includes(word) ? null : all.indexOf(word);
  const classes = set.classes.map(({ id }) => id);
  const named = <T extends string>(all: readonly T[], word: string | undefined): T | null =>
    all.find((one) => one === word) ?? null;
  return {
    dataset: at(list.datasets, view.dataset),
    split: at(SPLITS, view.split),
    label: view.label === 'none' ? NO_CLASS : view.label === 'mixed' ? MIXED : at(classes, view.label),
    source: at(LABEL_SOURCES, view.source),
    kind: named([...IMAGE_TYPES, 'unknown'] as const, view.kind),
    format: view.format ?? null,
    only: named(SHOWN, view.show),
    predicted: at(classes, view.predicted),
    atLeast: share(view.from) ?? NO_FILTER.atLeast,
    atMost: share(view.to) ?? NO_FILTER.atMost,
    text,
  };
}

export function orderOf(view: View): SeriesOrder {
  return ORDERS.find((order) => order === view.order) ?? 'stored';
}

/** Whole per cent in an address, as a share. */
function share(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,3}$/.test(text) ? Math.min(1, Number(text) / 100) : null;
}

/** Whether labels decide what is shown, so that it may be out of date. */
export function dependsOnLabels({ label, source, only }: SeriesFilter): boolean {
  return label !== null || source !== null || ['differs', 'excluded', 'disagreed'].includes(only ?? '');
}
