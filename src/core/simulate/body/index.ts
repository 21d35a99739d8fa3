/** The registry of body parts. */
import type { Patient } from '../patient.ts';
import type { RegionName } from '../region.ts';
import type { Body } from '../volume.ts';
import { abdomen } from './abdomen.ts';
import { breast } from './breast.ts';
import { chest } from './chest.ts';
import { hand } from './hand.ts';
import { head } from './head.ts';
import { knee } from './knee.ts';
import { neck } from './neck.ts';
import { pelvis } from './pelvis.ts';

const BODIES: Record<RegionName, (patient: Patient) => Body> = {
  head,
  neck,
  chest,
  abdomen,
  pelvis,
  knee,
  hand,
  breast,
};

/** A body part of a patient. */
export function makeBody(region: RegionName, patient: Patient): Body {
  return BODIES[region](patient);
}
