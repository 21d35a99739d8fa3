/** The chest: a section of the trunk. */
import type { Patient } from '../patient.ts';
import type { Body } from '../volume.ts';
import { trunk } from './trunk.ts';

export function chest(patient: Patient): Body {
  return trunk('chest', patient, 130, 500);
}
