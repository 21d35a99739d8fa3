/** Recognises objects without an image. */
import { modalityCode } from './modalityCode.ts';

/** SOP classes (PS3.4 B.5), including their subclasses. */
const WITHOUT_IMAGE: readonly (readonly [root: string, kind: string])[] = [
  ['1.2.840.10008.1.3.10', 'directory'],
  ['1.2.840.10008.5.1.4.1.1.4.2', 'MR spectroscopy'],
  ['1.2.840.10008.5.1.4.1.1.9', 'waveform'],
  ['1.2.840.10008.5.1.4.1.1.11', 'presentation state'],
  ['1.2.840.10008.5.1.4.1.1.66.1', 'registration'],
  ['1.2.840.10008.5.1.4.1.1.66.2', 'fiducials'],
  ['1.2.840.10008.5.1.4.1.1.66.3', 'registration'],
  ['1.2.840.10008.5.1.4.1.1.66.4', 'segmentation'],
  ['1.2.840.10008.5.1.4.1.1.66.5', 'segmentation'],
  ['1.2.840.10008.5.1.4.1.1.66.6', 'tractography'],
  ['1.2.840.10008.5.1.4.1.1.66.7', 'segmentation'],
  ['1.2.840.10008.5.1.4.1.1.66', 'raw data'],
  ['1.2.840.10008.5.1.4.1.1.67', 'real world values'],
  ['1.2.840.10008.5.1.4.1.1.88.59', 'key object selection'],
  ['1.2.840.10008.5.1.4.1.1.88', 'structured report'],
  ['1.2.840.10008.5.1.4.1.1.104', 'document'],
  ['1.2.840.10008.5.1.4.1.1.481.3', 'RT structure set'],
  ['1.2.840.10008.5.1.4.1.1.481.4', 'RT treatment record'],
  ['1.2.840.10008.5.1.4.1.1.481.5', 'RT plan'],
  ['1.2.840.10008.5.1.4.1.1.481.6', 'RT treatment record'],
  ['1.2.840.10008.5.1.4.1.1.481.7', 'RT treatment record'],
  ['1.2.840.10008.5.1.4.1.1.481.8', 'RT plan'],
  ['1.2.840.10008.5.1.4.1.1.481.9', 'RT treatment record'],
];

/** Modalities of such objects (PS3.3 C.7.3.1.1.1). */
const MODALITIES_WITHOUT_IMAGE: Readonly<Record<string, string>> = {
  DOC: 'document',
  ECG: 'waveform',
  EPS: 'waveform',
  FID: 'fiducials',
  HD: 'waveform',
  KO: 'key object selection',
  PLAN: 'RT plan',
  PR: 'presentation state',
  REG: 'registration',
  RTPLAN: 'RT plan',
  RTRECORD: 'RT treatment record',
  RTSTRUCT: 'RT structure set',
  RWV: 'real world values',
  SEG: 'segmentation',
  SR: 'structured report',
};

/** The name of an object without an image; null for images and unknown classes. */
export function kindWithoutImage(sopClass: string): string | null {
  return WITHOUT_IMAGE.find(([root]) => sopClass === root || sopClass.startsWith(`${root}.`))?.[1] ?? null;
}

/** The same from the modality, for unknown classes; used only if there are no pixels. */
export function kindOfModality(written: string): string | null {
  const tag = modalityCode(written);
  return tag !== null && Object.hasOwn(MODALITIES_WITHOUT_IMAGE, tag) ? MODALITIES_WITHOUT_IMAGE[tag] : null;
}
