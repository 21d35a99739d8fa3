/** The stored DICOM attributes that may propose a class. A registry: the editor of label sets lists its entries. */
import type { SeriesFacts } from '../types.ts';

type AttributeEntry = {
  /** DICOM's keyword (PS3.6). */
  label: string;
  value: (facts: SeriesFacts) => string | null;
  /**
   * Whether a value without a class says that a slice is in no class, so that no folder may say otherwise: RTDOSE in
   * a folder of a class is not of this class.
   */
  decides: boolean;
};

export const LABEL_ATTRIBUTES = {
  Modality: { label: 'Modality (0008,0060)', value: (facts) => facts.modalityTag, decides: true },
  BodyPartExamined: {
    label: 'Body Part Examined (0018,0015)',
    value: (facts) => facts.bodyPart,
    decides: false,
  },
  ViewPosition: { label: 'View Position (0018,5101)', value: (facts) => facts.view, decides: false },
  Laterality: { label: 'Laterality (0020,0060)', value: (facts) => facts.laterality, decides: false },
  PhotometricInterpretation: {
    label: 'Photometric Interpretation (0028,0004)',
    value: (facts) => facts.photometric,
    decides: false,
  },
} as const satisfies Record<string, AttributeEntry>;

export type LabelAttribute = keyof typeof LABEL_ATTRIBUTES;

export const ATTRIBUTE_NAMES = Object.keys(LABEL_ATTRIBUTES) as LabelAttribute[];

export function isAttribute(name: string): name is LabelAttribute {
  return Object.hasOwn(LABEL_ATTRIBUTES, name);
}
