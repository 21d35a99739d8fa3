/** The neck: from the palate to the apices of the lungs. */
import type { Patient } from '../patient.ts';
import type { Body } from '../volume.ts';
import { headAndNeck } from './headneck.ts';

export function neck(patient: Patient): Body {
  return headAndNeck('neck', patient, -300, -55);
}
