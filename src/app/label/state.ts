/** The project's series with their labels, as the Label page and the tables of series show them. */

import type { Answers } from '../../core/dataset/seriesAnswers.ts';
import type { CountedBy, SeriesLabels } from '../../core/dataset/seriesLabels.ts';
import type { SeriesList } from '../../core/dataset/seriesList.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import type { Proposal } from '../../core/labels/propose.ts';

/** Why a series' label is worth a look. */
export type Doubt = {
  /** The larger, the more doubtful. */
  doubt: number;
  /** One sentence. */
  reason: string;
};

export type Labelling = {
  project: string;
  set: LabelSet;
  list: SeriesList;
  /** Changes in place: `version` counts the changes. */
  labels: SeriesLabels;
  version: number;
  /** Presses that are not written yet. */
  unsaved: number;
  by: CountedBy;
  /** By header of the list. */
  proposals: readonly Proposal[];
  /** What the model of a run says; null until it is read, and without one. */
  answers: (Answers & { run: string }) | null;
  /** By series; null until doubts were looked for. */
  doubts: ReadonlyMap<number, Doubt> | null;
};
