/** The breasts: uncompressed, a section of the trunk; compressed, one breast between two paddles for a mammogram. */
import type { Patient } from '../patient.ts';
import type { Body } from '../volume.ts';
import { compressed } from './compressed.ts';
import { trunk } from './trunk.ts';

export function breast(patient: Patient): Body {
  const woman: Patient = { ...patient, sex: 'F' };
  return patient.compressedMm === null
    ? trunk('breast', woman, 235, 425)
    : compressed(woman, patient.compressedMm);
}
