/** CT Image (PS3.3 A.3, C.8.2.1). */
import type { Attributes } from './attributes.ts';
import type { Context } from './context.ts';
import { planeModules, rescale, settings, windowModule } from './modules.ts';

export function ctImage(context: Context, index: number): Attributes {
  return {
    ...planeModules(context, index),
    ...windowModule(context, index),
    ...rescale(context, index),
    RescaleType: 'HU',
    ...settings(context, 'ImageType', 'KVP', 'ContrastBolusAgent'),
    ...(context.scanner.filling === 'bare'
      ? {}
      : settings(
          context,
          'ScanOptions',
          'ConvolutionKernel',
          'ReconstructionDiameter',
          'DataCollectionDiameter',
          'GantryDetectorTilt',
          'RotationDirection',
          'ExposureTime',
          'XRayTubeCurrent',
          'Exposure',
          'ContrastBolusRoute',
        )),
  };
}
