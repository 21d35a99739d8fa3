/** What a tile of the grid says of a classified series. */
import { assess, DEFAULT_RULE, type VerdictRule } from '../../core/classify/assess.ts';
import { isUnknown, type JudgedSeries } from '../../core/classify/judge.ts';
import { classIndex, NO_CLASS } from '../../core/labels/labelSet.ts';
import { plural, roughPercent } from '../format.ts';
import type { Tile } from '../label/Stack.tsx';
import { labelWords } from '../label/words.ts';
import { codeWords } from '../parts/codes.ts';
import { foreignWords, noneWords } from './words.ts';

/** What stands for no class: the user may have said so, it is unknown, its header says so, or no model judged. */
export function noneOf(series: JudgedSeries, rule: VerdictRule = DEFAULT_RULE): string {
  if (series.correction) return 'none of them';
  const { doubt } = assess(series, rule);
  if (doubt === 'unknown') return 'unknown';
  return doubt === 'none-of-the-four' ? foreignWords(series) : 'not judged';
}

/** The class that counts: the correction, or else what image and tag say together. */
export function shownClass(series: JudgedSeries, rule: VerdictRule = DEFAULT_RULE): number {
  const { correction, labelSet } = series;
  const id = correction ? correction.class : (assess(series, rule).together?.class ?? null);
  return id === null ? NO_CLASS : classIndex(labelSet, id);
}

export function verdictTile(series: JudgedSeries, rule: VerdictRule = DEFAULT_RULE): Tile {
  const { labelSet: set, correction, verdict, probability, modality, number, slices } = series;
  const label = shownClass(series, rule);
  const { together } = assess(series, rule);
  const share = together === null ? '' : roughPercent(together.probability);
  const verdictAt = verdict === null ? NO_CLASS : classIndex(set, verdict);
  const looks =
    verdict === null || probability === null
      ? ''
      : `${labelWords(set, verdictAt)}, ${roughPercent(probability)}`;
  const unknown = isUnknown(series, rule.coverage);
  const doubts = doubtsOf(series, rule);
  const said = label === NO_CLASS ? noneOf(series, rule) : labelWords(set, label);
  // What counts is not what it looks like.
  const another = verdict !== null && verdictAt !== label;
  return {
    set,
    label,
    // The chip of a tile is narrow.
    none: correction ? 'none' : noneOf(series, rule),
    source: correction ? 'you' : share,
    says: another
      ? `${labelWords(set, verdictAt)}? ${probability === null ? '' : roughPercent(probability)}`
      : '',
    tag: modality === null ? 'no tag' : `tag ${codeWords(modality)}`,
    number: number === null ? '' : `#${number}`,
    doubt: doubts.join('\n'),
    excluded: 0,
    spoken: [
      number === null ? 'Series' : `Series ${number}`,
      modality === null ? 'no DICOM tag' : `DICOM tag ${codeWords(modality)}`,
      plural(slices.length, 'slice'),
      looks ? `${unknown ? 'unknown, ' : ''}looks like ${looks}` : 'not judged',
      correction ? `you: ${said}` : '',
      ...doubts.filter((doubt) => doubt !== 'Unknown'),
    ]
      .filter(Boolean)
      .join(', '),
  };
}

function doubtsOf(series: JudgedSeries, rule: VerdictRule): string[] {
  const { doubt } = assess(series, rule);
  if (doubt === 'unknown') return ['Unknown'];
  if (doubt === 'differs') return ['Tag and image disagree'];
  if (doubt === 'none-of-the-four') return [`The tag is ${noneWords(series.labelSet)}`];
  return doubt === 'unsure' ? ['unsure'] : [];
}
