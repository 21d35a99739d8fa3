/** The head: from the chin to the vertex. */
import type { Patient } from '../patient.ts';
import type { Body } from '../volume.ts';
import { headAndNeck } from './headneck.ts';

export function head(patient: Patient): Body {
  return headAndNeck('head', patient, -150, 120);
}
