/** Positron Emission Tomography Image (PS3.3 A.21, C.8.9). */
import type { Attributes } from './attributes.ts';
import type { Context } from './context.ts';
import { moment, planeModules, rescale, settings, windowModule } from './modules.ts';

const code = (value: string, scheme: string, meaning: string): Attributes => ({
  CodeValue: value,
  CodingSchemeDesignator: scheme,
  CodeMeaning: meaning,
});

export function ptImage(context: Context, index: number): Attributes {
  const { series } = context;
  const { date, time } = moment(context.studySeed);
  return {
    ...planeModules(context, index),
    ...windowModule(context, index),
    ...rescale(context, index),
    ...settings(
      context,
      'ImageType',
      'SeriesType',
      'Units',
      'CountsSource',
      'CorrectedImage',
      'DecayCorrection',
      'AttenuationCorrectionMethod',
      'ReconstructionMethod',
      'ConvolutionKernel',
      'ActualFrameDuration',
      'FrameReferenceTime',
      'ReconstructionDiameter',
    ),
    // These attributes are type 1 in this object (C.8.9.1).
    SeriesDate: date,
    SeriesTime: time,
    PatientWeight: context.patient.weightKg,
    CollimatorType: 'NONE',
    NumberOfSlices: series.frames.length,
    ImageIndex: index + 1,
    DecayFactor: 1,
    RadiopharmaceuticalInformationSequence: [
      {
        RadionuclideCodeSequence: [code('C-111A1', 'SRT', '^18^Fluorine')],
        RadiopharmaceuticalStartTime: time,
        ...settings(
          context,
          'Radiopharmaceutical',
          'RadionuclideTotalDose',
          'RadionuclideHalfLife',
          'RadionuclidePositronFraction',
        ),
      },
    ],
    PatientOrientationCodeSequence: [
      {
        ...code('F-10450', 'SRT', 'recumbent'),
        PatientOrientationModifierCodeSequence: [code('F-10340', 'SRT', 'supine')],
      },
    ],
    PatientGantryRelationshipCodeSequence: [code('F-10470', 'SRT', 'headfirst')],
  };
}
