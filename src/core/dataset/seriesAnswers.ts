/** What a model says of each series: the mean of what it says of its slices. */
import { NO_CLASS } from '../labels/labelSet.ts';
import type { SeriesAnswers } from './seriesFilter.ts';
import { NOT_LISTED, type SeriesList, seriesAt } from './seriesList.ts';

/** Predictions of slices; `probabilities` has as many numbers for each as there are classes. */
export type SlicePredictions = { shard: Uint32Array; row: Uint32Array; probabilities: Float32Array };

export type Answers = SeriesAnswers & {
  classes: number;
  /** By series, `classes` numbers each; zero where the model says nothing. */
  probabilities: Float32Array;
};

/** @param columns by number of a prediction: the class of the set that it is of, or NO_CLASS if the set lacks it */
export function seriesAnswers(
  list: SeriesList,
  predictions: readonly SlicePredictions[],
  classes: number,
  columns: readonly number[] = Array.from({ length: classes }, (_, i) => i),
): Answers {
  const probabilities = new Float32Array(list.count * classes);
  const judged = new Uint32Array(list.count);
  for (const { shard, row, probabilities: given } of predictions) {
    for (let i = 0; i < shard.length; i++) {
      const slice = list.places.get(shard[i])?.[row[i]] ?? NOT_LISTED;
      if (slice === NOT_LISTED) continue;
      const series = seriesAt(list, slice);
      judged[series]++;
      columns.forEach((c, column) => {
        if (c !== NO_CLASS) probabilities[series * classes + c] += given[i * columns.length + column];
      });
    }
  }
  const predicted = new Uint8Array(list.count).fill(NO_CLASS);
  const probability = new Float32Array(list.count);
  for (let series = 0; series < list.count; series++) {
    if (judged[series] === 0) continue;
    let best = 0;
    for (let c = 0; c < classes; c++) {
      probabilities[series * classes + c] /= judged[series];
      if (probabilities[series * classes + c] > probabilities[series * classes + best]) best = c;
    }
    predicted[series] = best;
    probability[series] = probabilities[series * classes + best];
  }
  return { classes, probabilities, predicted, probability };
}
