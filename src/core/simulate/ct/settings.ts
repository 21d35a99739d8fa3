/** The protocol's attributes in a CT header. */
import type { Acquired } from '../acquired.ts';
import type { CtProtocol, ScoutProtocol } from './protocol.ts';

/** One rotation takes half a second. */
const TURN_MS = 500;

export function settingsOf(protocol: CtProtocol, fieldOfView: number): Acquired['settings'] {
  const { kv, mas, kernel, phase, scanField, tilt, spacing } = protocol;
  return {
    ...tube(kv, mas),
    ScanOptions: 'AXIAL',
    ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    ConvolutionKernel: kernel.toUpperCase(),
    ReconstructionDiameter: fieldOfView,
    DataCollectionDiameter: scanField,
    GantryDetectorTilt: tilt,
    SpacingBetweenSlices: spacing,
    ...(phase === 'none' ? {} : { ContrastBolusAgent: 'IODINE', ContrastBolusRoute: 'IV' }),
  };
}

export function scoutSettings({ kv, mas }: ScoutProtocol): Acquired['settings'] {
  return { ...tube(kv, mas), ScanOptions: 'SCOUT', ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] };
}

function tube(kv: number, mas: number): Acquired['settings'] {
  return {
    KVP: kv,
    ExposureTime: TURN_MS,
    XRayTubeCurrent: Math.round((mas * 1000) / TURN_MS),
    Exposure: Math.round(mas),
    RotationDirection: 'CW',
  };
}
