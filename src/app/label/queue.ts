/** What is labelled one after the other: series, or the slices of one. */
import type { Span } from '../../core/dataset/seriesLabels.ts';
import type { SeriesList } from '../../core/dataset/seriesList.ts';

/** An item is the slices `from` up to, not including, `to` of a list, all of one series. */
export type Queue = {
  length: number;
  from: Uint32Array;
  to: Uint32Array;
  bySlice: boolean;
  /** By item: the class that a run's model says, and its probability; absent where only series are told of. */
  says?: { predicted: Uint8Array; probability: Float32Array };
};

export function seriesQueue({ start }: SeriesList, series: Uint32Array): Queue {
  return {
    length: series.length,
    from: series.map((one) => start[one]),
    to: series.map((one) => start[one + 1]),
    bySlice: false,
  };
}

export function sliceQueue({ start }: SeriesList, series: number): Queue {
  const length = start[series + 1] - start[series];
  const from = Uint32Array.from({ length }, (_, i) => start[series] + i);
  return { length, from, to: from.map((slice) => slice + 1), bySlice: true };
}

export function spanAt({ from, to }: Queue, item: number): Span {
  return [from[item], to[item]];
}

/** The item with a slice, or the nearest to it; for a queue that has changed. */
export function itemWith(queue: Queue, slice: number): number {
  let best = 0;
  for (let item = 0; item < queue.length; item++) {
    if (queue.from[item] <= slice && slice < queue.to[item]) return item;
    if (Math.abs(queue.from[item] - slice) < Math.abs(queue.from[best] - slice)) best = item;
  }
  return best;
}

/** The first item that one of the spans touches; null if none does. */
export function itemOf(queue: Queue, spans: readonly Span[]): number | null {
  const found = queue.from.findIndex((from, item) =>
    spans.some(([first, end]) => first < queue.to[item] && from < end),
  );
  return found < 0 ? null : found;
}

/**
 * Slices whose pictures will be wanted: of the current item around the shown slice, then the middle ones of the items
 * after it and before it.
 */
export function aheadOf(queue: Queue, item: number, slice: number, ahead = 6): number[] {
  const middles = (items: number[]) =>
    items
      .filter((one) => one >= 0 && one < queue.length)
      .map((one) => queue.from[one] + ((queue.to[one] - queue.from[one]) >> 1));
  const steps = Array.from({ length: ahead }, (_, i) => i + 1);
  const around = steps
    .flatMap((by) => [slice + by, slice - by])
    .filter((one) => one >= queue.from[item] && one < queue.to[item]);
  return [
    ...new Set([
      slice,
      ...middles(steps.slice(0, 3).map((by) => item + by)),
      ...around.slice(0, 4),
      ...middles([item - 1, item - 2]),
      ...middles(steps.slice(3).map((by) => item + by)),
      ...around,
    ]),
  ];
}

/** "DATASET KEY" of a series, for addresses: neither names anything. */
export function seriesName({ datasets, dataset, keys }: SeriesList, series: number): string {
  return `${datasets[dataset[series]]} ${keys[series]}`;
}

/** null if it is not listed. */
export function seriesCalled(list: SeriesList, name: string): number | null {
  for (let series = 0; series < list.count; series++) {
    if (seriesName(list, series) === name) return series;
  }
  return null;
}
