/** The pelvis: a section of the trunk. */
import type { Patient } from '../patient.ts';
import type { Body } from '../volume.ts';
import { trunk } from './trunk.ts';

export function pelvis(patient: Patient): Body {
  return trunk('pelvis', patient, -215, 75);
}
