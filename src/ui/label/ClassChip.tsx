/** The label of a slice or a series as a chip: its class, “mixed”, or “no label”. */
import { MIXED } from '../../core/dataset/seriesLabels.ts';
import { classAt, type LabelSet } from '../../core/labels/labelSet.ts';
import { NO_SHOWN_CLASS } from '../parts/classes.ts';
import { LabelChip } from '../parts/LabelChip.tsx';
import { labelWords } from './words.ts';

type Props = {
  set: LabelSet;
  label: number;
  /** What stands for no class. */
  none?: string | undefined;
};

export function ClassChip({ set, label, none }: Props) {
  const found = label === MIXED ? null : classAt(set, label);
  const name = label === MIXED ? labelWords(set, label) : (none ?? labelWords(set, label));
  return <LabelChip of={found ?? { ...NO_SHOWN_CLASS, name }} />;
}
