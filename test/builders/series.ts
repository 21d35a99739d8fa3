/** Columns of shards with given series: as many slices of each as wanted, without pixels. */
import { COLUMN_NAMES, emptyColumns } from '../../src/core/columns.ts';
import { SHARD_SLICES, type ShardIndex } from '../../src/core/dataset/shard.ts';
import { NO_CLASS } from '../../src/core/labels/labelSet.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { LABEL_SOURCES, type LabelSource, type SeriesFacts } from '../../src/core/types.ts';
import { makeFacts } from './storage.ts';

export type SeriesSpec = {
  dataset: string;
  series: string;
  slices: number;
  facts?: Partial<SeriesFacts>;
  /** A class's id; null: none. Absent: CT, by the tag. */
  label?: string | null;
  source?: LabelSource;
  /** Instance numbers; absent: 1, 2, … */
  instances?: readonly number[];
};

/** Stored one after the other, `perShard` slices a shard; shards are numbered from 1. */
export function makeSeriesShards(specs: readonly SeriesSpec[], perShard = SHARD_SLICES): ShardIndex[] {
  const slices = specs.flatMap((spec) => Array.from({ length: spec.slices }, (_, at) => ({ spec, at })));
  const shards: ShardIndex[] = [];
  for (let from = 0; from < slices.length; from += perShard) {
    shards.push(makeShardOf(slices.slice(from, from + perShard), shards.length + 1));
  }
  return shards;
}

function makeShardOf(slices: readonly { spec: SeriesSpec; at: number }[], shard: number): ShardIndex {
  const count = slices.length;
  const specs = [...new Set(slices.map(({ spec }) => spec))];
  const specAt = new Map(specs.map((spec, i) => [spec, i]));
  const datasets = [...new Set(specs.map(({ dataset }) => dataset))];
  const datasetAt = new Map(datasets.map((id, i) => [id, i]));
  const labels = specs.map(({ label = 'CT' }) => {
    const at = DEFAULT_SET.classes.findIndex(({ id }) => id === label);
    return at < 0 ? NO_CLASS : at;
  });
  return {
    shard,
    project: 'p',
    count,
    crc32: 0,
    ...emptyColumns(count, COLUMN_NAMES),
    datasets,
    series: specs.map(({ series, facts }) => ({ ...makeFacts(series, `patient ${series}`), ...facts })),
    dataset: Uint16Array.from(slices, ({ spec }) => datasetAt.get(spec.dataset)!),
    seriesOf: Uint16Array.from(slices, ({ spec }) => specAt.get(spec)!),
    label: Uint8Array.from(slices, ({ spec }) => labels[specAt.get(spec)!]),
    source: Uint8Array.from(slices, ({ spec }) => LABEL_SOURCES.indexOf(spec.source ?? 'tag')),
    instanceNumber: Int32Array.from(slices, ({ spec, at }) => spec.instances?.[at] ?? at + 1),
  };
}
