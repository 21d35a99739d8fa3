/** What is odd about a series by its headers: found without any model. */
import { storageClass } from '../dicom/storageClass.ts';
import type { ImageType } from '../types.ts';

export const ODDITIES = {
  'no-tag': 'no Modality',
  'class-differs': 'class of object of another modality',
  'several-sizes': 'several image sizes',
  'mixed-types': 'localizers or captures among its slices',
  capture: 'secondary capture',
  localizer: 'localizer',
  mosaic: 'mosaic',
  derived: 'derived images',
  text: 'text may be burned in',
} as const;

export type Oddity = keyof typeof ODDITIES;

export type HeaderFacts = {
  /** The stored DICOM Modality. */
  modality: string | null;
  /** Only DICOM files can lack a Modality. */
  dicom: boolean;
  objectClass: string | null;
  /** Different "rows×columns". */
  sizes: number;
  /** Of most of its slices. */
  imageType: ImageType | null;
  /** Whether some but not all of its slices are localizers or captures. */
  mixed: boolean;
  text: boolean;
};

export function odditiesOf(facts: HeaderFacts): Oddity[] {
  const { modality, dicom, objectClass, sizes, imageType, mixed, text } = facts;
  const implied = storageClass(objectClass)?.modality ?? null;
  const found: (Oddity | false | null)[] = [
    dicom && modality === null && 'no-tag',
    modality !== null && implied !== null && !sameKind(modality, implied) && 'class-differs',
    sizes > 1 && 'several-sizes',
    mixed && 'mixed-types',
    imageType !== 'original' && imageType,
    text && imageType !== 'capture' && 'text',
  ];
  return found.filter((one) => one !== false && one !== null);
}

/** Scanners write any of these into objects of the others' classes. */
const RADIOGRAPHY = ['CR', 'DX', 'MG', 'IO', 'PX', 'RG'];
const FLUOROSCOPY = ['XA', 'RF'];

function sameKind(modality: string, implied: string): boolean {
  if (modality === implied) return true;
  return [RADIOGRAPHY, FLUOROSCOPY].some((kind) => kind.includes(modality) && kind.includes(implied));
}
