/** What the kinds of doubt look at, made once for a queue. */
import type { LabelSet } from '../labels/labelSet.ts';
import type { FoldPredictions } from './foldModels.ts';
import { type Part, partsOf } from './parts.ts';
import { likeliest } from './quality.ts';
import type { Settled } from './settled.ts';
import type { AuditTable } from './table.ts';
import type { Twin } from './twins.ts';

export type AuditData = {
  set: LabelSet;
  table: AuditTable;
  /** null before fold models have judged. */
  predictions: FoldPredictions | null;
  /** As of `findNeighbours`; null before they were looked for. */
  neighbours: Uint32Array | null;
  /** By dataset of the table: whether its folds were made by patient. */
  byPatient: readonly boolean[];
  twins: readonly Twin[];
  /** By slice: what the user has settled about its label. */
  settled: readonly (Settled | null)[];
};

export type Evidence = AuditData & {
  classes: number;
  parts: readonly Part[];
  /** By slice: its part. */
  partOf: Uint32Array;
  /** By part, 0 to 1: what model and neighbours say against its label; null where there is no label, or neither. */
  against: readonly (number | null)[];
  /** By part: the likeliest class other than its label; null where nothing is known. */
  rival: readonly (number | null)[];
};

export function gatherEvidence(data: AuditData): Evidence {
  const classes = data.set.classes.length;
  const parts = partsOf(data.table, classes, data.predictions, data.neighbours);
  const partOf = new Uint32Array(data.table.count);
  for (const [at, { slices }] of parts.entries()) for (const slice of slices) partOf[slice] = at;
  const rival = parts.map(({ probabilities, label }) =>
    probabilities ? likeliest(probabilities, classes, 0, label) : null,
  );
  const against = parts.map(({ probabilities, label }, at) =>
    probabilities && label < classes ? (1 + probabilities[rival[at]!] - probabilities[label]) / 2 : null,
  );
  return { ...data, classes, parts, partOf, rival, against };
}
