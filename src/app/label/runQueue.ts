/** The slices behind a figure of a run as a queue of the Label page: from one address to the other. */
import { NOT_LISTED, placeOf, type SeriesList } from '../../core/dataset/seriesList.ts';
import { classIndex, type LabelSet } from '../../core/labels/labelSet.ts';
import { classIds, labelSetOf } from '../../core/train/labelSetOf.ts';
import { SPLITS } from '../../core/types.ts';
import type { PredictedQuery, PredictedSlice } from '../predicted.ts';
import type { View } from '../route.ts';
import type { RunRow } from '../state.ts';
import type { Queue } from './queue.ts';

/** Keys of the Label page's address that name the slices of a run. */
export const RUN_KEYS = ['of', 'split', 'cell', 'row', 'dataset', 'label', 'only'] as const;

/** The address of the Label page with these slices; `back`: what else Results had open. */
export function labelAddress(
  { run, split, truth, predicted, dataset, wrong }: PredictedQuery,
  back: Pick<View, 'row'>,
): View {
  return {
    of: run,
    split,
    ...(truth !== null && predicted !== null ? { cell: `${truth}-${predicted}` } : {}),
    ...(truth !== null && predicted === null ? { label: truth } : {}),
    ...(dataset !== null ? { dataset } : {}),
    ...(wrong ? { only: 'wrong' } : {}),
    ...(back.row !== undefined ? { row: back.row } : {}),
  };
}

/** The slices that an address of the Label page names; null if it names none. */
export function slicesAt(view: View, runs: readonly RunRow[]): PredictedQuery | null {
  const run = runs.find(({ id }) => id === view.of);
  const split = SPLITS.find((one) => one === view.split);
  if (!run || !split) return null;
  const labels = classIds(labelSetOf(run));
  const cell = cellOf(view.cell ?? '', labels);
  const row = labels.find((label) => label === view.label) ?? null;
  if (!cell && row === null && view.dataset === undefined) return null;
  return {
    kind: 'predictions',
    run: run.id,
    split,
    truth: cell?.truth ?? row,
    predicted: cell?.predicted ?? null,
    dataset: view.dataset ?? null,
    wrong: view.only === 'wrong',
  };
}

/** Where Results shows the same slices. */
export function resultsView({ split, cell, row, only }: View): View {
  return {
    ...(split === undefined ? {} : { split }),
    ...(cell === undefined ? {} : { cell }),
    ...(row === undefined ? {} : { row }),
    ...(only === undefined ? {} : { only }),
  };
}

/** “CT-MR” as two classes: an id may have hyphens, too. */
export function cellOf(text: string, labels: readonly string[]): { truth: string; predicted: string } | null {
  const truth = labels.find(
    (label) => text.startsWith(`${label}-`) && labels.includes(text.slice(label.length + 1)),
  );
  return truth === undefined ? null : { truth, predicted: text.slice(truth.length + 1) };
}

/** In the order of the slices; those that are no longer listed are left out. */
export function runQueue(list: SeriesList, set: LabelSet, slices: readonly PredictedSlice[]): Queue {
  const known = slices
    .map((one) => ({ ...one, place: placeOf(list, one) }))
    .filter(({ place }) => place !== NOT_LISTED);
  const from = Uint32Array.from(known, ({ place }) => place);
  return {
    length: known.length,
    from,
    to: from.map((place) => place + 1),
    bySlice: true,
    says: {
      predicted: Uint8Array.from(known, ({ predicted }) => classIndex(set, predicted)),
      probability: Float32Array.from(known, ({ confidence }) => confidence),
    },
  };
}
