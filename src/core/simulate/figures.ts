/** The amount of data of a plan, before the data are made. */
import { CT_PROTOCOL } from './ct/protocol.ts';
import { MR_PROTOCOL } from './mr/protocol.ts';
import type { PlannedSeries, PracticePlan } from './plan.ts';
import { PT_PROTOCOL } from './pt/protocol.ts';
import { siteOf } from './site/index.ts';

export type PlanFigures = {
  sites: number;
  series: number;
  /** Pictures; each is a file. */
  slices: number;
  /** Some sites compress without loss. */
  bytes: number;
  /** Time of one core. */
  seconds: number;
};

/** Seconds for one picture, as measured over the sites of the default project. */
const SECONDS = { CT: 0.045, MR: 0.04, PT: 0.03, XR: 0.2 } as const;
/** A localizer samples a body about as finely as a radiograph, and samples a whole region. */
const SCOUT_SECONDS = 0.35;
/** The ratio of compressed size, over all sites. */
const PACKED = { CT: 0.54, MR: 0.71, PT: 0.8, XR: 0.5 } as const;
/** Bytes of a header. */
const HEADER = 2000;

export function figuresOf({ series, manifest }: PracticePlan): PlanFigures {
  let [slices, bytes, seconds] = [0, 0, 0];
  for (const one of series) {
    slices += one.files;
    bytes += one.files * (2 * PACKED[one.modality] * pixelsOf(one) + HEADER);
    seconds += secondsOf(one);
  }
  return { sites: manifest.length, series: series.length, slices, bytes, seconds };
}

/** Seconds of one core that a series takes. */
export function secondsOf({ files, modality, scout }: PlannedSeries): number {
  return files * (scout ? SCOUT_SECONDS : SECONDS[modality]);
}

function pixelsOf({ site: folder, modality, variant }: PlannedSeries): number {
  const { ct, mr, pt, xr } = siteOf(folder);
  switch (modality) {
    case 'CT':
      return (ct?.variants[variant]?.matrix ?? ct?.protocol.matrix ?? CT_PROTOCOL.matrix) ** 2;
    case 'MR':
      return (mr?.sequences[variant]?.near?.matrix ?? mr?.protocol.matrix ?? MR_PROTOCOL.matrix) ** 2;
    case 'PT':
      return (pt?.variants[variant]?.matrix ?? pt?.protocol.matrix ?? PT_PROTOCOL.matrix) ** 2;
    case 'XR':
      // Cassettes are a little narrower than high.
      return 0.85 * (xr?.side ?? 0) ** 2;
    default:
      return modality satisfies never;
  }
}
