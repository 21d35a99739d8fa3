/** MR Image (PS3.3 A.4, C.8.3.1). */
import type { Attributes } from './attributes.ts';
import type { Context } from './context.ts';
import { planeModules, rescale, settings, windowModule } from './modules.ts';

export function mrImage(context: Context, index: number): Attributes {
  const { series, stored } = context;
  const { slope, intercept } = stored.slices[index];
  const rescaled = slope !== 1 || intercept !== 0;
  const { DiffusionBValue: given, ImageType: type, ScanOptions: options } = series.settings;
  const derived = Array.isArray(type) && type[0] === 'DERIVED';
  const values = Array.isArray(given) ? (given as number[]) : [];
  // One picture per slice and b value: all slices of one b value come before those of the next.
  const each = series.frames.length / Math.max(1, values.length);
  return {
    ...planeModules(context, index),
    ...windowModule(context, index),
    // The module lacks these attributes, but the files of one large vendor have them.
    ...(rescaled ? rescale(context, index) : {}),
    ImageType: Array.isArray(type) ? mrType(type as string[]) : undefined,
    ScanOptions: options ?? '',
    EchoTrainLength: 1,
    DiffusionBValue: values.length > 1 && !derived ? values[Math.floor(index / each)] : undefined,
    ...settings(
      context,
      'ScanningSequence',
      'SequenceVariant',
      'MRAcquisitionType',
      'RepetitionTime',
      'EchoTime',
      'InversionTime',
      'ContrastBolusAgent',
    ),
    ...(context.scanner.filling === 'bare'
      ? {}
      : settings(
          context,
          'FlipAngle',
          'MagneticFieldStrength',
          'ImagingFrequency',
          'ImagedNucleus',
          'NumberOfAverages',
          'PixelBandwidth',
          'PercentSampling',
          'PercentPhaseFieldOfView',
          'NumberOfPhaseEncodingSteps',
          'AcquisitionMatrix',
          'InPlanePhaseEncodingDirection',
          'SpacingBetweenSlices',
        )),
  };
}

/** Value 3 is a defined term (C.8.3.1.1.1); other words follow it. */
function mrType([first, second, ...rest]: readonly string[]): string[] {
  const term = rest[0] === 'DIFFUSION' ? 'DIFFUSION MAP' : 'OTHER';
  return [first, second, term, ...rest];
}
