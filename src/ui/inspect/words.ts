/** Kinds of images in words. */
import type { KindFilter } from '../../app/state.ts';
import type { ExcludeReason, ImageType, LabelSource } from '../../core/types.ts';

export const KIND_WORDS = {
  original: 'original image',
  localizer: 'localizer (scout)',
  mosaic: 'mosaic',
  capture: 'capture (of a screen, film or other device)',
  derived: 'derived (computed or reformatted)',
} as const satisfies Record<ImageType, string>;

/** For chips with a count. */
export const KIND_TITLES = {
  original: 'Originals',
  localizer: 'Localizers',
  mosaic: 'Mosaics',
  capture: 'Captures',
  derived: 'Derived',
  text: 'May show writing',
  unknown: 'Unknown',
} as const satisfies Record<KindFilter, string>;

export const KIND_DESCRIPTIONS = {
  original: 'Acquired images, by their own headers',
  localizer: 'Scouts, topograms and surveys that others were planned on',
  mosaic: 'Many slices tiled into one image',
  capture: 'Secondary captures: screens, digitised film, other devices',
  derived: 'Computed or reformatted from other images',
  text: 'Writing may be burned in or laid over: declared, captures, overlays, ultrasound',
  unknown: 'No header says: not DICOM, or read before kinds were recorded',
} as const satisfies Record<KindFilter, string>;

export const LEAVABLE_WORDS = {
  localizer: 'localizers',
  mosaic: 'mosaics',
  capture: 'captures',
  derived: 'derived images',
  text: 'images with text risk',
} as const satisfies Record<ExcludeReason, string>;

const SOURCE_WORDS = {
  tag: 'DICOM tag',
  folder: 'folder name',
  user: 'you',
  model: 'a model',
  import: 'an imported list',
  none: 'nobody',
} as const satisfies Record<LabelSource, string>;

/** The source of a label, shown after it. */
export function sourceWords(label: string, source: LabelSource): string {
  // Only folders that a class names give a label: without one, this label is the remaining case.
  if (source === 'folder' && label === 'other') return 'no Modality in the file or its folder';
  return `from ${SOURCE_WORDS[source]}${label === 'other' ? ', kept without a label' : ''}`;
}
