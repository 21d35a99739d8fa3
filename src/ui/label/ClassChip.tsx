/** The label of a slice or a series as a chip: its class, “mixed”, or “no label”. */
import { MIXED } from '../../core/dataset/seriesLabels.ts';
import { classAt, type LabelSet } from '../../core/labels/labelSet.ts';
import { NO_SHOWN_CLASS } from '../parts/classes.ts';
import { LabelChip } from '../parts/LabelChip.tsx';
import { labelWords } from './words.ts';

type Props = { set: LabelSet; label: number };

export function ClassChip({ set, label }: Props) {
  const found = label === MIXED ? null : classAt(set, label);
  return <LabelChip of={found ?? { ...NO_SHOWN_CLASS, name: labelWords(set, label) }} />;
}
