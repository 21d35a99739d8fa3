/** The slices behind a confusion cell or a row of the per-dataset table. */
import { predictedClass } from '../core/evaluate/confusion.ts';
import { classIds, labelSetOf } from '../core/train/labelSetOf.ts';
import type { SliceRef } from '../core/types.ts';
import type { PredictionRecord, Store } from '../storage/port.ts';
import type { SliceCard, SliceQuery } from './state.ts';

type Query = Extract<SliceQuery, { kind: 'predictions' }>;
export type PredictedQuery = Omit<Query, 'offset' | 'limit'>;

export type PredictedSlice = SliceRef & {
  /** Id of a class. */
  predicted: string;
  confidence: number;
};

/** Pages of the result, most confident first; the hits of the last query are kept for its next page. */
export function createPredictedSlices(
  store: Pick<Store, 'predictions' | 'run'>,
  cardsOf: (refs: SliceRef[]) => Promise<SliceCard[]>,
): (query: Query) => Promise<{ cards: SliceCard[]; total: number }> {
  let last: { key: string; hits: Promise<PredictedSlice[]> } | null = null;

  return async (query) => {
    const { offset, limit, ...what } = query;
    // A first page reads again, since a run's predictions may have changed.
    const key = JSON.stringify(what);
    if (last?.key !== key || offset === 0) last = { key, hits: findPredicted(store, what) };
    const hits = await last.hits;
    const page = hits.slice(offset, offset + limit);
    const cards = await cardsOf(page);
    return {
      cards: cards.map((card, i) => ({
        ...card,
        predicted: page[i].predicted,
        confidence: page[i].confidence,
      })),
      total: hits.length,
    };
  };
}

/** All of them, most confident first. */
export async function findPredicted(
  store: Pick<Store, 'predictions' | 'run'>,
  { run, split, truth, predicted, dataset, wrong }: PredictedQuery,
): Promise<PredictedSlice[]> {
  const [record, of] = await Promise.all([store.predictions(run, split), store.run(run)]);
  if (!record) return [];
  const labels = classIds(labelSetOf(of ?? {}));
  const hits: PredictedSlice[] = [];
  for (let i = 0; i < record.truth.length; i++) {
    const hit = hitOf(record, i, labels);
    const label = labels[record.truth[i]];
    if (truth !== null && label !== truth) continue;
    if (predicted !== null && hit.predicted !== predicted) continue;
    if (dataset !== null && record.datasets[record.datasetOf[i]] !== dataset) continue;
    if (wrong && hit.predicted === label) continue;
    hits.push(hit);
  }
  return hits.sort((a, b) => b.confidence - a.confidence);
}

function hitOf(
  { shard, row, probabilities }: PredictionRecord,
  i: number,
  labels: readonly string[],
): PredictedSlice {
  const predicted = predictedClass(probabilities, i, labels.length);
  return {
    shard: shard[i],
    row: row[i],
    predicted: labels[predicted],
    confidence: probabilities[i * labels.length + predicted],
  };
}
