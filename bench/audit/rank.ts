/** The rankings of a trial, as series from the most doubtful on: the queue's, and those of cleanlab's rules. */
import { confidentJoint, type Judged, offDiagonal } from '../../src/core/audit/confident.ts';
import type { AuditData } from '../../src/core/audit/evidence.ts';
import { NO_FOLD } from '../../src/core/audit/folds.ts';
import { partsOf } from '../../src/core/audit/parts.ts';
import { rankLabels } from '../../src/core/audit/quality.ts';
import { auditQueue } from '../../src/core/audit/queue.ts';

/** An entry about single slices stands for their series. */
export function queueRanking(data: AuditData): number[] {
  const { series } = data.table;
  const numbers = new Map(series.map(({ dataset, key }, i) => [`${dataset}\n${key}`, i]));
  return auditQueue(data).map(({ dataset, series: key }) => numbers.get(`${dataset}\n${key}`)!);
}

/** Off the diagonal of the confident joint first, each part by its normalised margin: over slices. */
export function cleanlabBySlice({ table, predictions }: AuditData): number[] {
  const { classes, probabilities, fold } = predictions!;
  const of = Array.from(table.label.keys()).filter((i) => fold[i] !== NO_FOLD && table.label[i] < classes);
  const judged = {
    classes,
    label: of.map((i) => table.label[i]),
    probabilities: Float32Array.from(
      of.flatMap((i) => [...probabilities.subarray(i * classes, (i + 1) * classes)]),
    ),
  };
  return ranked(judged).map((at) => table.seriesOf[of[at]]);
}

/** The same over series, with the models' joint probabilities. */
export function cleanlabBySeries({ table, predictions }: AuditData): number[] {
  const { classes } = predictions!;
  const parts = partsOf(table, classes, predictions, null).filter(
    (part) => part.model && part.label < classes,
  );
  const judged = {
    classes,
    label: parts.map(({ label }) => label),
    probabilities: Float32Array.from(parts.flatMap(({ model }) => [...model!])),
  };
  return ranked(judged).map((at) => parts[at].series);
}

function ranked(judged: Judged): number[] {
  const off = offDiagonal(judged, confidentJoint(judged));
  const order = [...rankLabels(judged, 'normalisedMargin')];
  return [...order.filter((i) => off[i]), ...order.filter((i) => !off[i])];
}
