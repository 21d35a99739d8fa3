/** The input of an object's modules: the acquired series, its patient, and the habits of the site. */
import type { Acquired } from '../acquired.ts';
import type { Patient } from '../patient.ts';
import type { RegionName } from '../region.ts';
import type { CharacterSet } from './attributes.ts';
import type { Stored } from './stored.ts';

/** The optional attributes that a site fills in: all, the usual ones, or only the required ones. */
export type Filling = 'full' | 'usual' | 'bare';

export type Scanner = {
  institution: string;
  manufacturer: string;
  model: string;
  software: string;
  station: string;
  characterSet: CharacterSet;
  filling: Filling;
};

export type Context = {
  series: Acquired;
  stored: Stored;
  scanner: Scanner;
  patient: Patient;
  /** Number within the site, from 1. */
  patientNumber: number;
  /** Code of the site in identifiers: capitals and digits. */
  siteCode: string;
  region: RegionName;
  seriesNumber: number;
  studyDescription: string;
  seriesDescription: string;
  protocolName: string;
  /** Patient Position (0018,5100); '' for radiographs. */
  position: string;
  /** R or L for a limb or breast; '' for a body part without a side. */
  laterality: '' | 'L' | 'R';
  /** Seeds of the UIDs of a study and of its series. */
  studySeed: number;
  seriesSeed: number;
};
