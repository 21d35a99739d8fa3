/** Radiographs: Computed Radiography, Digital X-Ray, Digital Mammography for presentation (PS3.3 A.2, A.26, A.27). */
import type { Attributes } from './attributes.ts';
import type { Context } from './context.ts';
import { bodyPart, rescale, settings, windowModule } from './modules.ts';

const code = (value: string, meaning: string): Attributes => ({
  CodeValue: value,
  CodingSchemeDesignator: 'SRT',
  CodeMeaning: meaning,
});

/** Anatomic regions (PS3.16 CID 4009, CID 4013). */
const REGIONS: Record<Context['region'], Attributes> = {
  head: code('T-D1100', 'Head'),
  neck: code('T-D1600', 'Neck'),
  chest: code('T-D3000', 'Chest'),
  abdomen: code('T-D4000', 'Abdomen'),
  pelvis: code('T-D6000', 'Pelvis'),
  knee: code('T-D9200', 'Knee'),
  hand: code('T-D8700', 'Hand'),
  breast: code('T-04000', 'Breast'),
};

/** Views (PS3.16 CID 4010, CID 4014). */
const VIEWS: Record<string, Attributes> = {
  AP: code('R-10206', 'antero-posterior'),
  PA: code('R-10214', 'postero-anterior'),
  LL: code('R-10236', 'left lateral'),
  RL: code('R-10232', 'right lateral'),
  CC: code('R-10242', 'cranio-caudal'),
  MLO: code('R-10226', 'medio-lateral oblique'),
};

/** Patient Orientation (0020,0020): the directions of rows and columns, by the largest component of each. */
function orientation({ series }: Context): string[] {
  const letters = [
    ['L', 'R'],
    ['P', 'A'],
    ['H', 'F'],
  ];
  return series.orientation.map((direction) => {
    const sizes = direction.map(Math.abs);
    const axis = sizes.indexOf(Math.max(...sizes));
    return letters[axis][direction[axis] > 0 ? 0 : 1];
  });
}

function common(context: Context, index: number): Attributes {
  return {
    ...windowModule(context, index),
    ...settings(context, 'ViewPosition', 'KVP', 'ImagerPixelSpacing'),
    PatientOrientation: orientation(context),
    ...(context.scanner.filling === 'bare'
      ? {}
      : settings(
          context,
          'ExposureTime',
          'XRayTubeCurrent',
          'Exposure',
          'DistanceSourceToDetector',
          'DistanceSourceToPatient',
          'ExposureIndex',
          'TargetExposureIndex',
          'DeviationIndex',
          'Grid',
        )),
  };
}

export function crImage(context: Context, index: number): Attributes {
  return {
    ...common(context, index),
    ImageType: ['ORIGINAL', 'PRIMARY'],
    BodyPartExamined: bodyPart(context),
    PixelSpacing: context.series.pixelSpacing,
  };
}

function digital(context: Context, index: number): Attributes {
  const { series, stored } = context;
  return {
    ...common(context, index),
    ...rescale(context, index),
    RescaleType: 'US',
    ImageType: ['DERIVED', 'PRIMARY'],
    PresentationIntentType: 'FOR PRESENTATION',
    PixelIntensityRelationship: 'LOG',
    // 1: more X-rays give larger values.
    PixelIntensityRelationshipSign: stored.photometric === 'MONOCHROME1' ? 1 : -1,
    PresentationLUTShape: stored.photometric === 'MONOCHROME1' ? 'INVERSE' : 'IDENTITY',
    PositionerType: '',
    DetectorType: 'SCINTILLATOR',
    AcquisitionContextSequence: [],
    AnatomicRegionSequence: [REGIONS[context.region]],
    ImageLaterality: context.laterality || 'U',
    ViewCodeSequence: [VIEWS[String(series.settings.ViewPosition)] ?? VIEWS.AP],
  };
}

export function dxImage(context: Context, index: number): Attributes {
  return digital(context, index);
}

export function mgImage(context: Context, index: number): Attributes {
  const view = VIEWS[String(context.series.settings.ViewPosition)] ?? VIEWS.CC;
  return {
    ...digital(context, index),
    ImageType: ['DERIVED', 'PRIMARY', ''],
    DetectorType: 'DIRECT',
    PositionerType: 'MAMMOGRAPHIC',
    OrganExposed: 'BREAST',
    AnodeTargetMaterial: 'MOLYBDENUM',
    FilterMaterial: 'MOLYBDENUM',
    PartialView: 'NO',
    ViewCodeSequence: [{ ...view, ViewModifierCodeSequence: [] }],
    ...settings(context, 'BodyPartThickness'),
  };
}
