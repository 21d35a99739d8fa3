/** Series with a copy of the facts of their model: the run may be deleted, or another model chosen later. */
import type { Calibration } from '../evaluate/calibration.ts';
import { COVERAGE, thresholdOf, type UnknownRule } from '../evaluate/unknown.ts';
import { GLANCE } from '../files/ask.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import type { ModelChoice } from './choice.ts';
import type { SeriesVerdict } from './verdict.ts';

export type Judge = {
  model: ModelChoice;
  /** "ResNet-18 · 64 · 8 epochs"; "Starter". */
  title: string;
  network: string;
  /** Side of its input in pixels. */
  inputSize: number;
  /** 0 if it was loaded from a file. */
  epochs: number;
  seed: number;
  /** Hash of its weights, also in an exported model; null for runs of earlier versions. */
  weights: string | null;
  /** When its training began, as ISO 8601. */
  trained: string;
  /** How its probabilities were scaled; null: as the network gives them. */
  calibration: Calibration | null;
  /** When a picture is unknown to it; null: it cannot tell. */
  unknown: UnknownRule | null;
};

export type JudgedSeries = SeriesVerdict & {
  /** null: no model was used. */
  judge: Judge | null;
  /** What verdict, probabilities and tag are classes of: the model's set. */
  labelSet: LabelSet;
  /** When the classification began, as ISO 8601. */
  judgedAt: string;
  /**
   * What the user says it is: the id of a class of `labelSet`; null: none of them. Absent: nothing was said. `stored`: the
   * project has it as a label.
   */
  correction?: { class: string | null; stored?: true } | undefined;
};

/** Below this probability or share of agreeing slices a verdict is called unsure. */
export const SURE = 0.8;

export function isUnsure({
  probability,
  agreement,
}: Pick<SeriesVerdict, 'probability' | 'agreement'>): boolean {
  return probability !== null && (probability < SURE || (agreement ?? 1) < SURE);
}

type Judged = Pick<
  SeriesVerdict,
  'verdict' | 'probability' | 'agreement' | 'strangeness' | 'tagState' | 'tagWrong'
>;

/**
 * How many more slices of a series are looked at: first a glance; as many again if image and tag leave a doubt then; then
 * all. Without a model a glance is enough.
 * @param looked slices looked at
 * @param left other slices
 */
export function moreLooks(
  { looked, left }: { looked: number; left: number },
  series: Judged | null,
  unknown: UnknownRule | null,
): number {
  const glance = Math.min(left, Math.max(0, GLANCE - looked));
  if (glance > 0 || !series?.verdict || isSure(series, unknown)) return glance;
  return looked < 2 * GLANCE ? Math.min(left, 2 * GLANCE - looked) : left;
}

/** Further slices of a series whose tag says what the image says would hardly move the two together. */
function isSure(series: Judged, unknown: UnknownRule | null): boolean {
  const { strangeness: strange, tagState, tagWrong } = series;
  const confirmed = tagState === 'agrees' && tagWrong !== null && 1 - tagWrong >= SURE;
  return (
    (confirmed || !isUnsure(series)) &&
    (!unknown || strange === null || strange <= thresholdOf(unknown.series, COVERAGE))
  );
}

/** Whether it is stranger than all but `coverage` of the known series; false where the model cannot tell. */
export function isUnknown(
  { judge, strangeness }: Pick<JudgedSeries, 'judge' | 'strangeness'>,
  coverage: number = COVERAGE,
): boolean {
  if (!judge?.unknown || strangeness === null) return false;
  return strangeness > thresholdOf(judge.unknown.series, coverage);
}

/** The keyed hash of a series: 16 hex digits, the same each time the project reads the series. */
export function seriesId({ key }: Pick<SeriesVerdict, 'key'>): string {
  return key.split(' ', 1)[0];
}
