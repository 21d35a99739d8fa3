/** Verdicts, doubts and oddities in words. */
import type { Doubt, VerdictRule } from '../../core/classify/assess.ts';
import { isUnknown, type JudgedSeries } from '../../core/classify/judge.ts';
import { ODDITIES } from '../../core/classify/oddities.ts';
import { NO_GROUP } from '../../core/classify/totals.ts';
import { storageClass } from '../../core/dicom/storageClass.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { roughPercent } from '../format.ts';
import { classOfSet } from '../parts/classes.ts';
import { codeWords } from '../parts/codes.ts';

/** “none of the four”, as numbers up to twelve are written. */
export function noneWords({ classes }: Pick<LabelSet, 'classes'>): string {
  const words = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
  return `none of the ${words[classes.length - 2] ?? classes.length}`;
}

export function doubtWords(doubt: Doubt, set: Pick<LabelSet, 'classes'>): string {
  if (doubt === 'none-of-the-four') return noneWords(set);
  return doubt;
}

/** “looks like CT, 41 %”; '' without a verdict. */
export function looksWords({ verdict, probability, labelSet }: JudgedSeries): string {
  if (verdict === null || probability === null) return '';
  return `looks like ${classOfSet(labelSet, verdict).name}, ${roughPercent(probability)}`;
}

/** What a header names that is none of the classes: the class of object, or else its Modality. */
export function foreignWords({ objectClass, modality, tag }: JudgedSeries): string {
  const known = storageClass(objectClass);
  return known?.modality && known.modality === modality ? known.name : codeWords(modality ?? tag);
}

/** What pixels look like, and whether they are unknown; '' without a verdict. */
export function pixelWords(series: JudgedSeries, { coverage }: VerdictRule): string {
  const looks = looksWords(series);
  return looks && isUnknown(series, coverage) ? `unknown, ${looks}` : looks;
}

/** Class of object and what is odd; of a plain series its class alone. */
export function aboutWords({ objectClass, oddities }: JudgedSeries): string {
  return [storageClass(objectClass)?.name, ...oddities.map((one) => ODDITIES[one])]
    .filter(Boolean)
    .join(' · ');
}

/** A group of the totals. */
export function groupWords(id: string, set: Pick<LabelSet, 'classes'>): string {
  if (id === NO_GROUP.unknown) return 'unknown';
  if (id === NO_GROUP.foreign) return noneWords(set);
  return id === NO_GROUP.untold ? 'no tag' : classOfSet(set, id).name;
}
