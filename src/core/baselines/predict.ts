/** Fits one baseline to the training slices of a project; it then answers for the slices of any split. */
import type { PredictSplit } from '../train/session/evaluate.ts';
import type { Tables } from '../train/session/tables.ts';
import type { SliceTable } from '../train/table.ts';
import type { Baseline, Examples, HeaderFacts } from './baseline.ts';
import type { FeatureReader } from './featureReader.ts';
import { DIMENSIONS } from './features/index.ts';
import { sampleSlices } from './sample.ts';
import { exampleWeights } from './weights.ts';

/** Slices judged between two yields to the event loop. */
const AT_ONCE = 64;

export type FitParts = {
  data: Tables;
  classes: number;
  reader: FeatureReader;
  signal: AbortSignal;
  yieldToEventLoop(): Promise<void>;
};

export async function fitBaseline(baseline: Baseline, parts: FitParts): Promise<PredictSplit> {
  const { data, classes, reader, signal, yieldToEventLoop } = parts;
  const { train } = data.tables;
  if (baseline.sees === 'header') {
    const examples = { classes, label: train.label, weight: exampleWeights(train) };
    const answer = baseline.fit(examples, factsOf(train, data));
    return async (table, { progress }) => {
      const rows = factsOf(table, data).map((facts) => answer(facts));
      progress?.(table.count);
      return { probabilities: Float32Array.from(rows.flatMap((row) => Array.from(row))), strangeness: null };
    };
  }
  const slices = sampleSlices(train);
  const chosen = {
    count: slices.length,
    label: Uint8Array.from(slices, (i) => train.label[i]),
    dataset: Uint16Array.from(slices, (i) => train.dataset[i]),
  };
  const examples: Examples = { classes, label: chosen.label, weight: exampleWeights(chosen) };
  const answer = await baseline.fit(examples, await reader.ofSlices(train, slices, signal), async () => {
    await yieldToEventLoop();
    signal.throwIfAborted();
  });
  return async (table, { signal, progress }) => {
    const probabilities = new Float32Array(table.count * classes);
    for (let shard = 0; shard < table.shards.length; shard++) {
      const features = await reader.ofShard(table, shard, signal);
      const from = table.start[shard];
      for (let slice = from; slice < table.start[shard + 1]; slice++) {
        if ((slice - from) % AT_ONCE === 0) {
          await yieldToEventLoop();
          signal.throwIfAborted();
          progress?.(slice);
        }
        const at = (slice - from) * DIMENSIONS;
        probabilities.set(answer(features.subarray(at, at + DIMENSIONS)), slice * classes);
      }
    }
    progress?.(table.count);
    return { probabilities, strangeness: null };
  };
}

/** The header of each slice's series, in the order of the table. */
function factsOf(table: SliceTable, { indexes }: Tables): HeaderFacts[] {
  const byShard = new Map(indexes.map((index) => [index.shard, index]));
  return Array.from(table.shards).flatMap((shard, i) => {
    const { series, seriesOf } = byShard.get(shard)!;
    return Array.from(table.row.subarray(table.start[i], table.start[i + 1]), (row) => series[seriesOf[row]]);
  });
}
