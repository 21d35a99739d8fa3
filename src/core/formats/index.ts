/** The registry of formats: one line each, asked in this order (a DICOM file may begin like any other). */
import { dicom } from './dicom.ts';
import { jpeg } from './jpeg.ts';
import { nifti } from './nifti.ts';
import { npy } from './npy.ts';
import { png } from './png.ts';
import { tiff } from './tiff.ts';
import type { Format } from './types.ts';

export const FORMATS: readonly Format[] = [dicom, png, jpeg, tiff, npy, nifti];
