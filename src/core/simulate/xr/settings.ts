/** The protocol's attributes in the header of a radiograph. */
import type { Acquired } from '../acquired.ts';
import type { XrProtocol } from './protocol.ts';
import type { Setup } from './view.ts';

const VIEWS: Record<XrProtocol['view'], string> = {
  AP: 'AP',
  PA: 'PA',
  LATERAL: 'LL',
  OBLIQUE: 'RL',
  CC: 'CC',
  MLO: 'MLO',
};

export function settingsOf(protocol: XrProtocol, setup: Setup, values: Float32Array): Acquired['settings'] {
  const { kv, mas, view, pitch, distance, grid } = protocol;
  const index = exposureIndex(values);
  const target = kv < 36 ? 4000 : 250;
  const exposureMs = Math.max(1, Math.round(mas * 5));
  return {
    ImageType: ['ORIGINAL', 'PRIMARY'],
    KVP: kv,
    ExposureTime: exposureMs,
    XRayTubeCurrent: Math.round((mas * 1000) / exposureMs),
    Exposure: Math.max(1, Math.round(mas)),
    ExposureInuAs: Math.round(mas * 1000),
    ExposureIndex: index,
    TargetExposureIndex: target,
    DeviationIndex: Math.round(100 * Math.log10(Math.max(1, index) / target)) / 10,
    ViewPosition: VIEWS[view],
    ImagerPixelSpacing: [pitch, pitch],
    DistanceSourceToDetector: distance,
    DistanceSourceToPatient: Math.round(distance - setup.rise - setup.depth / 2),
    EstimatedRadiographicMagnificationFactor: Math.round((1000 * distance) / (distance - setup.rise)) / 1000,
    BodyPartThickness: Math.round(setup.depth),
    Grid: grid ? 'FOCUSED' : 'NONE',
  };
}

/** IEC 62494-1: 100 times the typical µGy of the picture; here the median of pixels above a shutter's transmission. */
function exposureIndex(values: Float32Array): number {
  const some = new Float32Array(Math.ceil(values.length / 101));
  for (let n = 0; n < some.length; n++) some[n] = values[101 * n];
  some.sort();
  const brightest = some[Math.floor(some.length * 0.99)];
  const exposed = some.filter((value) => value > brightest * 0.006);
  return Math.round(100 * (exposed[exposed.length >> 1] ?? 0));
}
