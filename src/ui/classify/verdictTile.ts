/** What a tile of the grid says of a classified series. */
import { isUnsure, type JudgedSeries } from '../../core/classify/judge.ts';
import { classIndex, NO_CLASS } from '../../core/labels/labelSet.ts';
import { plural, roughPercent } from '../format.ts';
import type { Tile } from '../label/Stack.tsx';
import { labelWords } from '../label/words.ts';
import { codeWords } from '../parts/codes.ts';
import { noneWords } from './Tag.tsx';

/** What stands for no class: the user may have said so, or no model judged. */
export function noneOf({ correction }: Pick<JudgedSeries, 'correction'>): string {
  return correction ? 'none of them' : 'not judged';
}

/** The class that counts: the correction, or else the verdict. */
export function shownClass({ correction, verdict, labelSet }: JudgedSeries): number {
  const id = correction ? correction.class : verdict;
  return id === null ? NO_CLASS : classIndex(labelSet, id);
}

export function verdictTile(series: JudgedSeries): Tile {
  const { labelSet: set, correction, verdict, probability, modality, number, slices } = series;
  const label = shownClass(series);
  const verdictAt = verdict === null ? NO_CLASS : classIndex(set, verdict);
  const share = probability === null ? '' : roughPercent(probability);
  const looks = verdict === null ? '' : `${labelWords(set, verdictAt)}, ${share}`;
  const doubts = doubtsOf(series);
  const said = label === NO_CLASS ? noneOf(series) : labelWords(set, label);
  return {
    set,
    label,
    // The chip of a tile is narrow.
    none: correction ? 'none' : noneOf(series),
    source: correction ? 'you' : share,
    says:
      correction && verdict !== null && verdictAt !== label ? `${labelWords(set, verdictAt)}? ${share}` : '',
    tag: modality === null ? 'no tag' : `tag ${codeWords(modality)}`,
    number: number === null ? '' : `#${number}`,
    doubt: doubts.join('\n'),
    excluded: 0,
    spoken: [
      number === null ? 'Series' : `Series ${number}`,
      modality === null ? 'no DICOM tag' : `DICOM tag ${codeWords(modality)}`,
      plural(slices.length, 'slice'),
      looks ? `looks like ${looks}` : 'not judged',
      correction ? `you: ${said}` : '',
      ...doubts,
    ]
      .filter(Boolean)
      .join(', '),
  };
}

function doubtsOf(series: JudgedSeries): string[] {
  const { tagState, labelSet } = series;
  return [
    ...(tagState === 'differs' ? ['Tag and image disagree'] : []),
    ...(tagState === 'none-of-the-four' ? [`The tag is ${noneWords(labelSet)}`] : []),
    ...(isUnsure(series) ? ['unsure'] : []),
  ];
}
