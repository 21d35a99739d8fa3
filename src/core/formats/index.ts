/** The registry of formats: one line each, asked in this order. */
import { dicom } from './dicom.ts';
import { jpeg } from './jpeg.ts';
import { nifti } from './nifti.ts';
import { npy } from './npy.ts';
import { png } from './png.ts';
import type { Format } from './types.ts';

export const FORMATS: readonly Format[] = [png, jpeg, npy, nifti, dicom];
