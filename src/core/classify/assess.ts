/** What pixels and header say of a series together, and how doubtful that is. */

import { COVERAGE, noneLogOdds } from '../evaluate/unknown.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import { classIds } from '../train/labelSetOf.ts';
import { type JudgedSeries, SURE } from './judge.ts';
import { TAG_ERROR_RATE, withTagOrNone } from './tagEvidence.ts';

/** The user's choices. */
export type VerdictRule = {
  /** Share of known series that keep their verdict. */
  coverage: number;
  /** Share of tags that name a wrong class. */
  tagErrorRate: number;
};

/** What the user may choose from. */
export const COVERAGES = [0.8, 0.99] as const;
export const TAG_ERROR_RATES = [0.001, 0.5] as const;

export const DEFAULT_RULE: VerdictRule = { coverage: COVERAGE, tagErrorRate: TAG_ERROR_RATE };

/** Why a series should be looked at, the most doubtful first. `none-of-the-four`: its header names no class. */
export const DOUBTS = ['unknown', 'differs', 'unsure', 'none-of-the-four'] as const;
export type Doubt = (typeof DOUBTS)[number];

export type Assessment = {
  /**
   * By pixels and tag, a class; null without a verdict, if both together say that it is rather none, or if the header names no
   * class.
   */
  together: { class: string; probability: number } | null;
  /** The probability that it is none of the classes, by pixels and tag; null without a verdict, or if the header says so. */
  none: number | null;
  /** The probability that the tag is wrong, given the pixels; null without a verdict or a class named. */
  tagWrong: number | null;
  doubt: Doubt | null;
};

type Assessed = Pick<JudgedSeries, 'judge' | 'strangeness' | 'probabilities' | 'tag' | 'tagState'> & {
  labelSet: Pick<LabelSet, 'classes'>;
};

export function assess(series: Assessed, rule: VerdictRule = DEFAULT_RULE): Assessment {
  const { probabilities, tag, tagState, labelSet } = series;
  const nothing = { together: null, none: null, tagWrong: null };
  if (tagState === 'none-of-the-four') return { ...nothing, doubt: tagState };
  if (probabilities === null) return { ...nothing, doubt: null };
  const ids = classIds(labelSet);
  const named = tag === null ? -1 : ids.indexOf(tag);
  const strange = noneByPixels(series, rule.coverage);
  const { classes: both, none } = withTagOrNone(probabilities, strange, named, rule.tagErrorRate);
  const tagWrong = named < 0 ? null : 1 - both[named];
  if (none > 0.5) return { together: null, none, tagWrong, doubt: 'unknown' };
  const probability = Math.max(...both);
  const together = { class: ids[both.indexOf(probability)], probability };
  const doubt = (tagWrong ?? 0) > 0.5 ? 'differs' : probability < SURE ? 'unsure' : null;
  return { together, none, tagWrong, doubt };
}

/** 0 where the model cannot tell; 0.5 at the threshold of unknown, so that without a tag both say what the pixels say. */
function noneByPixels({ judge, strangeness }: Assessed, coverage: number): number {
  if (!judge?.unknown || strangeness === null) return 0;
  return 1 / (1 + Math.exp(-noneLogOdds(judge.unknown, strangeness, coverage)));
}

/** For sorting, descending: by kind of doubt, and within a kind by its degree. */
export function doubtRank(series: Assessed, { together, tagWrong, doubt }: Assessment): number {
  const kind = doubt === null ? 0 : DOUBTS.length - DOUBTS.indexOf(doubt);
  const degree =
    doubt === 'unknown'
      ? squashed(series.strangeness ?? 0)
      : doubt === 'differs'
        ? (tagWrong ?? 0)
        : 1 - (together?.probability ?? 1);
  return kind + Math.min(0.999, degree);
}

/** Any number to one between 0 and 1, in the same order. */
function squashed(value: number): number {
  return 0.5 + Math.atan(value) / Math.PI;
}
