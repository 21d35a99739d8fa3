/** The registry of sites. */
import { SEVERAL } from './several.ts';
import { SINGLE } from './single.ts';
import type { Site } from './site.ts';

export const SITES: readonly Site[] = [...SINGLE, ...SEVERAL];

export function siteOf(folder: string): Site {
  const site = SITES.find((one) => one.folder === folder);
  if (!site) throw new RangeError('no such site');
  return site;
}

export const PRACTICE_MODALITIES = ['CT', 'MR', 'PT', 'XR'] as const;
export type PracticeModality = (typeof PRACTICE_MODALITIES)[number];

export function modalitiesOf(site: Site): PracticeModality[] {
  return PRACTICE_MODALITIES.filter((name) => site[KEYS[name]] !== undefined);
}

/** The habits of each modality. */
export const KEYS = { CT: 'ct', MR: 'mr', PT: 'pt', XR: 'xr' } as const satisfies Record<
  PracticeModality,
  keyof Site
>;
