/** The stored datasets of the open project: their figures and slices. */

import { type InUse, inUseInSteps, kindsOut } from '../core/dataset/excluded.ts';
import { isOf } from '../core/dataset/kinds.ts';
import { DAMAGED, type ShardIndex } from '../core/dataset/shard.ts';
import { summariseInSteps } from '../core/dataset/summary.ts';
import { LabError } from '../core/errors.ts';
import { countedAs } from '../core/labels/counts.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import { seriesKey } from '../core/series.ts';
import { classIds } from '../core/train/labelSetOf.ts';
import { LABEL_SOURCES, SLICE_BYTES, type SliceRef } from '../core/types.ts';
import type { DatasetRecord } from '../storage/port.ts';
import type { Context } from './context.ts';
import { inSteps } from './inSteps.ts';
import { readLabelSets } from './labelSets.ts';
import { numberSeries, type SeriesNumbers } from './seriesNumbers.ts';
import type { SliceCard, SliceQuery } from './state.ts';

export type LoadedData = {
  records: readonly DatasetRecord[];
  indexes: readonly ShardIndex[];
  /** Which of the slices are in use. */
  inUse: InUse;
};

export type DatasetCommands = {
  /** Reloads the project's datasets and figures. */
  refresh(): Promise<void>;
  /** What `refresh` read last. */
  loaded(): LoadedData;
  /** A page of a dataset's slices, in stored order. */
  datasetSlices(
    query: Extract<SliceQuery, { kind: 'dataset' }>,
  ): Promise<{ cards: SliceCard[]; total: number }>;
  /** Labels and datasets of slices given by reference. */
  cardsOf(refs: SliceRef[]): Promise<SliceCard[]>;
  /** A slice's shard and the name of its dataset. @throws LabError if it is no longer stored */
  locate(ref: SliceRef): { index: ShardIndex; dataset: string; excluded: boolean };
  /** The slices of its series and dataset, in the order of the series. */
  seriesOf(ref: SliceRef): SliceRef[];
};

export function createDatasetCommands(context: Context): DatasetCommands {
  const { get, set, store } = context;
  let records: DatasetRecord[] = [];
  let indexes: ShardIndex[] = [];
  let inUse: InUse = { indexes: [], aside: new Map() };
  let numbered: { of: ShardIndex[]; numbers: SeriesNumbers } | null = null;

  /** The reading that began last: its figures are the newest. */
  let newest: Promise<void> = Promise.resolve();

  async function read(isNewest: () => boolean): Promise<void> {
    const { id } = get().project;
    const sets = await readLabelSets(store, id);
    const [own, shards, caps] = await Promise.all([
      store.datasets(id),
      store.shardIndexes(id, sets.labelSet.id),
      store.caps(id),
    ]);
    const used = await inSteps(inUseInSteps(shards, own, classIds(sets.labelSet)));
    const datasets = await inSteps(summariseInSteps(shards, own, sets.labelSet, used));
    const storedBytes = await store.storedBytes();
    if (!isNewest()) return newest;
    [records, indexes, inUse] = [own, shards, used];
    set({ ...sets, datasets, caps, storedBytes });
  }

  function refresh(): Promise<void> {
    const reading: Promise<void> = read(() => reading === newest);
    newest = reading;
    return reading;
  }

  function locate({ shard, row }: SliceRef) {
    // A shard is deleted once all its slices are removed, but predictions may still point at it.
    const index = indexes.find((one) => one.shard === shard);
    if (!index) throw gone();
    const record = records.find(({ id }) => id === index.datasets[index.dataset[row]]);
    return { index, dataset: record?.name ?? 'removed', excluded: isLeftOut(index, row, record, inUse) };
  }

  /** Whether a slice was read as damaged that the loaded columns do not mark yet. */
  const isUnmarked = (pixels: readonly (Uint8Array | null)[]) => (ref: SliceRef, i: number) =>
    pixels[i] === null && indexes.find(({ shard }) => shard === ref.shard)?.removed[ref.row] === 0;

  /** Loads the columns once per version of the data. */
  function numbers(): SeriesNumbers {
    if (numbered?.of !== indexes) numbered = { of: indexes, numbers: numberSeries(indexes, seriesKey) };
    return numbered.numbers;
  }

  async function cardsOf(refs: SliceRef[]): Promise<SliceCard[]> {
    const pixels = await store.slicePixels(refs);
    // Newly damaged slices are marked: figures and warnings then show it.
    if (pixels.includes(null) && refs.some(isUnmarked(pixels))) await refresh();
    return refs.map((ref, i) =>
      card(ref, pixels[i], { indexes, records, inUse, set: get().labelSet }, numbers),
    );
  }

  return {
    refresh,
    loaded: () => ({ records, indexes, inUse }),
    cardsOf,
    locate,

    seriesOf: (ref) => {
      const { index } = locate(ref);
      const series = seriesKey(index.series[index.seriesOf[ref.row]]);
      const dataset = index.datasets[index.dataset[ref.row]];
      return seriesSlices(indexes, series, dataset);
    },

    datasetSlices: async ({ dataset, only, offset, limit }) => {
      const refs: SliceRef[] = [];
      let total = 0;
      for (const index of indexes) {
        const number = index.datasets.indexOf(dataset);
        if (number < 0) continue;
        const wanted = index.series.map((facts) => only === null || isOf(facts, only));
        for (let row = 0; row < index.count; row++) {
          if (index.dataset[row] !== number || isGone(index.removed[row])) continue;
          if (!wanted[index.seriesOf[row]]) continue;
          if (total >= offset && refs.length < limit) refs.push({ shard: index.shard, row });
          total++;
        }
      }
      return { cards: await cardsOf(refs), total };
    },
  };
}

function card(
  ref: SliceRef,
  pixels: Uint8Array | null,
  { indexes, records, inUse, set }: LoadedData & { set: LabelSet },
  numbers: () => SeriesNumbers,
): SliceCard {
  // A shard is deleted once all its slices are removed, but predictions may still point at it.
  const index = indexes.find(({ shard }) => shard === ref.shard);
  const dataset = index?.datasets[index.dataset[ref.row]];
  const record = records.find(({ id }) => id === dataset);
  return {
    ...ref,
    key: `${ref.shard}:${ref.row}`,
    label: index ? countedAs(set, index.label[ref.row]) : 'other',
    source: index ? LABEL_SOURCES[index.source[ref.row]] : 'tag',
    dataset: record?.name ?? 'removed',
    series: index && dataset ? numbers()(dataset, seriesKey(index.series[index.seriesOf[ref.row]])) : 1,
    number: index && index.instanceNumber[ref.row] >= 0 ? index.instanceNumber[ref.row] : null,
    modality: index ? index.series[index.seriesOf[ref.row]].modalityTag : null,
    imageType: index ? index.series[index.seriesOf[ref.row]].imageType : null,
    excluded: index !== undefined && isLeftOut(index, ref.row, record, inUse),
    pixels: pixels?.subarray(0, SLICE_BYTES) ?? null,
    predicted: null,
    confidence: null,
  };
}

/** Damaged slices are still shown, marked as damaged. */
function isGone(removed: number): boolean {
  return removed !== 0 && removed !== DAMAGED;
}

function isLeftOut(
  index: ShardIndex,
  row: number,
  record: DatasetRecord | undefined,
  { aside }: InUse,
): boolean {
  if (index.excluded[row] === 1 || aside.get(index.shard)?.[row] === 1) return true;
  return kindsOut(index, record ? [record] : [])?.(row) ?? false;
}

/** By instance number and frame; without these, in stored order. */
function seriesSlices(indexes: readonly ShardIndex[], series: string, dataset: string): SliceRef[] {
  const found: (SliceRef & { order: number; frame: number })[] = [];
  for (const index of indexes) {
    const number = index.datasets.indexOf(dataset);
    const entries = index.series.map((facts) => seriesKey(facts) === series);
    if (number < 0 || !entries.includes(true)) continue;
    for (let row = 0; row < index.count; row++) {
      if (index.removed[row] || index.dataset[row] !== number || !entries[index.seriesOf[row]]) continue;
      const [order, frame] = [index.instanceNumber[row], index.frame[row]];
      found.push({ shard: index.shard, row, order, frame });
    }
  }
  found.sort((a, b) => a.order - b.order || a.frame - b.frame);
  return found.map(({ shard, row }) => ({ shard, row }));
}

function gone(): LabError {
  return new LabError(
    'slice-missing',
    'This slice is no longer stored.',
    'Its dataset was removed.',
    'Choose another slice.',
  );
}
