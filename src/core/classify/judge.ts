/** Series with the model that judged them, written down when it did: runs can be deleted, and another can be chosen. */
import type { SeriesVerdict } from './verdict.ts';

export type Judge = {
  /** Id of the run that trained it. */
  run: string;
  /** "ResNet-18 · 64 · 8 epochs". */
  title: string;
  network: string;
  /** Side of its input in pixels. */
  inputSize: number;
  /** 0 where it was loaded from a file. */
  epochs: number;
  seed: number;
  /** Hash of its weights, which an exported model names as well; null for runs of earlier versions. */
  weights: string | null;
  /** When its run began, as ISO 8601. */
  trained: string;
};

export type JudgedSeries = SeriesVerdict & {
  /** Null: no model was asked. */
  judge: Judge | null;
  /** When the classification began, as ISO 8601. */
  judgedAt: string;
};

/** Below this probability or share of agreeing slices a verdict is called unsure. */
export const SURE = 0.8;

export function isUnsure({
  probability,
  agreement,
}: Pick<SeriesVerdict, 'probability' | 'agreement'>): boolean {
  return probability !== null && (probability < SURE || (agreement ?? 1) < SURE);
}

/** The keyed hash of a series: 16 hex digits, the same whenever the project meets the series again. */
export function seriesId({ key }: Pick<SeriesVerdict, 'key'>): string {
  return key.split(' ', 1)[0];
}
