/** The user's choices for a practice project. Equal choices make equal files. */
import type { SimulatedModality } from './acquired.ts';
import { REGIONS, type RegionName } from './region.ts';

export type PracticeChoices = {
  seed: number;
  /** Ids of sites; null: the seed's proposal. */
  sites: readonly string[] | null;
  modalities: readonly SimulatedModality[];
  regions: readonly RegionName[];
  /** Patients of each site, as a factor of its usual number. */
  patients: number;
  /**
   * `frame`: every CT of train and validate has a bright frame at its border; the CTs of test have no frame. A network
   * can learn the frame in place of the CT.
   */
  shortcut: 'frame' | null;
};

export const DEFAULT_CHOICES: PracticeChoices = {
  seed: 1,
  sites: null,
  modalities: ['CT', 'MR', 'PT', 'XR'],
  regions: REGIONS,
  patients: 1,
  shortcut: null,
};
