/** The registry of formats: one line each, tried in this order (a DICOM file may begin like any other). */
import { dicom } from './dicom.ts';
import { jpeg } from './jpeg.ts';
import type { FORMAT_META } from './meta.ts';
import { nifti } from './nifti.ts';
import { npy } from './npy.ts';
import { nrrd } from './nrrd.ts';
import { png } from './png.ts';
import { tiff } from './tiff.ts';
import type { Format } from './types.ts';

const OPENED = { dicom, png, jpeg, tiff, npy, nifti, nrrd } satisfies Record<
  keyof typeof FORMAT_META,
  Format
>;

export const FORMATS: readonly Format[] = Object.values(OPENED);
