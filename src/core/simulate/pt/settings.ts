/** The protocol's attributes in a PET header. */
import type { Acquired } from '../acquired.ts';
import { HALF_LIFE, unitActivity } from './activity.ts';
import type { PtProtocol } from './protocol.ts';

const NAMES = { FDG: 'Fluorodeoxyglucose F^18^', amyloid: 'Florbetapir F^18^', NaF: 'Sodium fluoride F^18^' };

/** SUV by body weight for 1 Bq/ml. */
export function suvFactor(protocol: PtProtocol): number {
  return 1 / unitActivity(protocol);
}

export function settingsOf(protocol: PtProtocol): Acquired['settings'] {
  const { tracer, dose, weight, duration, filter, attenuationCorrection, reconstruction } = protocol;
  const corrected = ['NORM', 'DTIM', ...(attenuationCorrection ? ['ATTN'] : []), 'SCAT', 'RAN', 'DECY'];
  return {
    ImageType: ['ORIGINAL', 'PRIMARY'],
    SeriesType: ['STATIC', 'IMAGE'],
    Units: 'BQML',
    CountsSource: 'EMISSION',
    CorrectedImage: corrected,
    DecayCorrection: 'START',
    AttenuationCorrectionMethod: attenuationCorrection ? 'measured' : 'none',
    ReconstructionMethod:
      reconstruction === 'OSEM' ? `OSEM ${protocol.iterations}i${protocol.subsets}s` : 'FBP',
    ConvolutionKernel: filter > 0 ? `Gauss ${filter.toFixed(1)} mm` : 'none',
    Radiopharmaceutical: NAMES[tracer],
    RadionuclideTotalDose: dose * 1e6,
    RadionuclideHalfLife: HALF_LIFE,
    RadionuclidePositronFraction: 0.967,
    PatientWeight: weight,
    ActualFrameDuration: duration * 1000,
    FrameReferenceTime: duration * 500,
    ReconstructionDiameter: protocol.fieldOfView,
    SpacingBetweenSlices: protocol.spacing,
  };
}
