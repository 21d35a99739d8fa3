/** The training series of a folder of datasets, thinned, and the same with some labels changed. */
import type { ShardIndex } from '../../src/core/dataset/shard.ts';
import { NO_CLASS } from '../../src/core/labels/labelSet.ts';
import { hash32, random } from '../../src/core/random.ts';
import { seriesKey } from '../../src/core/series.ts';
import type { Corpus } from '../transfer/corpus.ts';
import { isKept } from '../transfer/score.ts';

/** Greatest numbers of a dataset's series of one class, and of the slices of a series; both spread evenly. */
export type Caps = { series: number; slices: number };

const FLIP_STREAM = 0x666c6970;

/** The labelled slices of datasets in train: all others are marked removed. */
export function trainingSeries({ records, shards }: Corpus, classes: number, caps: Caps): Corpus['shards'] {
  const train = new Set(records.filter(({ split }) => split === 'train').map(({ id }) => id));
  const inUse = (index: ShardIndex, row: number) =>
    !index.removed[row] && index.label[row] < classes && train.has(index.datasets[index.dataset[row]]);
  const seriesAt = (index: ShardIndex, row: number) =>
    `${index.datasets[index.dataset[row]]}\n${seriesKey(index.series[index.seriesOf[row]])}`;
  const slices = new Map<string, number>();
  const places = new Map<string, { stratum: string; at: number }>();
  const strata = new Map<string, number>();
  each(shards, (index, row) => {
    if (!inUse(index, row)) return;
    const series = seriesAt(index, row);
    slices.set(series, (slices.get(series) ?? 0) + 1);
    if (places.has(series)) return;
    const stratum = `${index.datasets[index.dataset[row]]} ${index.label[row]}`;
    const at = strata.get(stratum) ?? 0;
    strata.set(stratum, at + 1);
    places.set(series, { stratum, at });
  });
  const thinned = shards.map((index) => ({ ...index, removed: index.removed.slice() }));
  const seen = new Map<string, number>();
  each(thinned, (index, row) => {
    if (!inUse(index, row)) {
      index.removed[row] = 1;
      return;
    }
    const series = seriesAt(index, row);
    const at = seen.get(series) ?? 0;
    seen.set(series, at + 1);
    const { stratum, at: place } = places.get(series)!;
    const kept =
      isKept(place, strata.get(stratum)!, caps.series) && isKept(at, slices.get(series)!, caps.slices);
    if (!kept) index.removed[row] = 1;
  });
  return thinned;
}

/**
 * The labels with those of a share of the series changed to another class, each with the same chance.
 * @returns for each slice its new label, and whether it was changed
 */
export function flipSeries(
  { label, seriesOf, series }: { label: Uint8Array; seriesOf: Uint32Array; series: readonly unknown[] },
  { classes, share, seed }: { classes: number; share: number; seed: number },
): { label: Uint8Array; isFlipped: Uint8Array; series: number } {
  const order = random(seed, FLIP_STREAM).shuffle(Uint32Array.from(series.keys()));
  const chosen = new Set(order.subarray(0, Math.round(share * series.length)));
  const isFlipped = Uint8Array.from(seriesOf, (own) => Number(chosen.has(own)));
  const flipped = label.map((old, i) => {
    if (!isFlipped[i] || old === NO_CLASS) return old;
    const shift = 1 + (hash32(seed, FLIP_STREAM + 1, seriesOf[i]) % (classes - 1));
    return (old + shift) % classes;
  });
  return { label: flipped, isFlipped, series: chosen.size };
}

function each<T extends ShardIndex>(shards: readonly T[], visit: (index: T, row: number) => void): void {
  for (const index of shards) for (let row = 0; row < index.count; row++) visit(index, row);
}
