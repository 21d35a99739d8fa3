/** Formats as a person calls them, apart from the decoders so that a page can name them without loading those. */
import type { FormatName } from '../types.ts';

export const FORMAT_NAMES = {
  dicom: 'DICOM',
  nifti: 'NIfTI',
  npy: 'NumPy array',
  png: 'PNG',
  jpeg: 'JPEG',
} as const satisfies Record<FormatName, string>;
