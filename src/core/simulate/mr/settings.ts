/** The protocol's attributes in an MR header. */
import type { Acquired } from '../acquired.ts';
import type { MrProtocol } from './protocol.ts';

/** Scanning Sequence (0018,0020) by PS3.3 C.8.3.1. */
const SCANNING: Record<MrProtocol['sequence'], string | string[]> = {
  SE: 'SE',
  GRE: 'GR',
  IR: ['SE', 'IR'],
  DWI: ['EP', 'SE'],
};

export function settingsOf(protocol: MrProtocol): Acquired['settings'] {
  const { sequence, acquired, phase, field, fat, partialFourier, adc } = protocol;
  const along = phase === 'columns';
  return {
    ImageType: adc ? ['DERIVED', 'PRIMARY', 'DIFFUSION', 'ADC'] : ['ORIGINAL', 'PRIMARY', 'M', sequence],
    ScanningSequence: SCANNING[sequence],
    SequenceVariant: sequence === 'GRE' ? 'SP' : 'SK',
    ScanOptions: [...(fat < 0.5 ? ['FS'] : []), ...(partialFourier < 1 ? ['PFP'] : [])],
    MRAcquisitionType: protocol.volume ? '3D' : '2D',
    RepetitionTime: protocol.repetitionTime,
    EchoTime: protocol.echoTime,
    ...(sequence === 'IR' ? { InversionTime: protocol.inversionTime } : {}),
    FlipAngle: sequence === 'GRE' ? protocol.flipAngle : 90,
    ...(sequence === 'DWI' ? { DiffusionBValue: protocol.bValues } : {}),
    MagneticFieldStrength: field,
    ImagingFrequency: field * 42.577,
    ImagedNucleus: '1H',
    NumberOfAverages: protocol.averages,
    PixelBandwidth: protocol.bandwidth,
    PercentSampling: Math.round(100 * partialFourier),
    PercentPhaseFieldOfView: 100,
    NumberOfPhaseEncodingSteps: Math.round(acquired[1] * partialFourier),
    // Frequency rows and columns, phase rows and columns (0018,1310): two of them are 0.
    AcquisitionMatrix: along ? [0, acquired[0], acquired[1], 0] : [acquired[0], 0, 0, acquired[1]],
    InPlanePhaseEncodingDirection: along ? 'COL' : 'ROW',
    SpacingBetweenSlices: protocol.spacing,
    ...(protocol.gadolinium ? { ContrastBolusAgent: 'GADOLINIUM' } : {}),
  };
}
