/** The abdomen: a section of the trunk. */
import type { Patient } from '../patient.ts';
import type { Body } from '../volume.ts';
import { trunk } from './trunk.ts';

export function abdomen(patient: Patient): Body {
  return trunk('abdomen', patient, -50, 280);
}
