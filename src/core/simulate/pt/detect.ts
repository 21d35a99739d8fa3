/** Coincidences along the lines of response of four slices, with attenuation and counting noise. */
import type { Noise } from '../chance.ts';
import { type Beams, project } from '../projector.ts';
import type { PtProtocol } from './protocol.ts';

/** Share of the decays in a slice that a ring in 3-D mode counts, without attenuation. */
const EFFICIENCY = 0.02;

export type Counts = {
  /** The counts, [view][bin][4]. */
  measured: Float32Array;
  /** Share of the photon pairs that leave the body along a line. */
  passing: Float32Array;
  /** Expected scattered and random coincidences, the same for all lines of a lane. */
  background: Float32Array;
  /** Counts of one Bq/ml · mm along a line without attenuation. */
  unit: number;
};

export function detect(
  activity: Float32Array,
  attenuation: Float32Array,
  size: number,
  pixel: number,
  beams: Beams,
  protocol: PtProtocol,
  source: Noise,
): Counts {
  const { spacing, duration, background: share, counts } = protocol;
  const quiet = counts === Number.POSITIVE_INFINITY;
  const milliliters = (beams.pitch * spacing) / 1000;
  const unit = ((quiet ? 1 : counts) * milliliters * duration * EFFICIENCY) / beams.angles.length;
  const measured = project(activity, size, pixel, beams);
  const passing = project(attenuation, size, pixel, beams);
  const sums = [0, 0, 0, 0];
  for (let at = 0; at < measured.length; at++) {
    passing[at] = Math.exp(-passing[at]);
    measured[at] *= unit * passing[at];
    sums[at & 3] += measured[at];
  }
  const lines = measured.length / 4;
  const background = Float32Array.from(sums, (sum) => ((sum / lines) * share) / (1 - share));
  for (let at = 0; at < measured.length; at++) {
    const mean = measured[at] + background[at & 3];
    measured[at] = quiet ? mean : source.poisson(mean);
  }
  return { measured, passing, background, unit };
}
