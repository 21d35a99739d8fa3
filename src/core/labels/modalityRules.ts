/** The rules of a label set that read DICOM's Modality, as a table: code → class. */
import type { LabelSet } from './labelSet.ts';

/** Modality → id of a class. */
export type ModalityRules = Readonly<Record<string, string>>;

export function modalityRules({ classes }: LabelSet): ModalityRules {
  return Object.fromEntries(
    classes.flatMap(({ id, dicom }) =>
      dicom.flatMap(({ attribute, value }) => (attribute === 'Modality' ? [[value, id] as const] : [])),
    ),
  );
}

/** The set with these rules in place of its own; codes of no class of the set are left out. */
export function withModalityRules(set: LabelSet, rules: ModalityRules): LabelSet {
  const classes = set.classes.map((one) => ({
    ...one,
    dicom: [
      ...one.dicom.filter(({ attribute }) => attribute !== 'Modality'),
      ...Object.keys(rules)
        .filter((code) => rules[code] === one.id)
        .map((value) => ({ attribute: 'Modality', value }) as const),
    ],
  }));
  return { ...set, classes };
}

/** Whether two tables give every code the same class. */
export function sameRules(a: ModalityRules, b: ModalityRules): boolean {
  const codes = Object.keys({ ...a, ...b });
  return codes.every((code) => a[code] === b[code]);
}
