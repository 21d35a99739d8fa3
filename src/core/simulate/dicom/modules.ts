/** Attributes that objects of all modalities share, by module (PS3.3 C.7, C.12). */
import { random } from '../../random.ts';
import type { Attributes } from './attributes.ts';
import type { Context } from './context.ts';
import { uid } from './uid.ts';

const COMMENT = 'Simulated image of an invented patient';

const BODY_PARTS: Record<Context['region'], string> = {
  head: 'HEAD',
  neck: 'NECK',
  chest: 'CHEST',
  abdomen: 'ABDOMEN',
  pelvis: 'PELVIS',
  knee: 'KNEE',
  hand: 'HAND',
  breast: 'BREAST',
};

/** Body Part Examined (PS3.16 Annex L). */
export function bodyPart({ region }: Context): string {
  return BODY_PARTS[region];
}

/** A date and a time from a seed: studies of 2020 to 2024, in working hours. */
export function moment(seed: number): { date: string; time: string } {
  const dice = random(seed, 77);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${2020 + dice.integer(5)}${two(1 + dice.integer(12))}${two(1 + dice.integer(28))}`;
  return { date, time: `${two(8 + dice.integer(9))}${two(dice.integer(60))}${two(dice.integer(60))}` };
}

/** Patient, Patient Study (C.7.1.1, C.7.2.2). */
export function patientModule({ patient, patientNumber, siteCode, scanner }: Context): Attributes {
  const number = String(patientNumber).padStart(3, '0');
  const full = scanner.filling === 'full';
  return {
    PatientName: `PRACTICE^${siteCode} ${number}`,
    PatientID: `PRACTICE-${siteCode}-${number}`,
    PatientBirthDate: '',
    PatientSex: scanner.filling === 'bare' ? '' : patient.sex,
    PatientComments: full ? COMMENT : undefined,
    PatientAge: full ? `${String(patient.age).padStart(3, '0')}Y` : undefined,
    PatientSize: full ? patient.heightMm / 1000 : undefined,
    PatientWeight: full ? patient.weightKg : undefined,
  };
}

/** General Study, General Series (C.7.2.1, C.7.3.1). */
export function studyModules(context: Context, modality: string): Attributes {
  const { date, time } = moment(context.studySeed);
  const told = context.scanner.filling !== 'bare';
  return {
    StudyInstanceUID: uid(context.studySeed, 'study'),
    StudyDate: date,
    StudyTime: time,
    ReferringPhysicianName: '',
    StudyID: `PRACTICE-${context.studySeed % 10_000}`,
    AccessionNumber: '',
    StudyDescription: told ? context.studyDescription : undefined,
    Modality: modality,
    SeriesInstanceUID: uid(context.seriesSeed, 'series'),
    SeriesNumber: context.seriesNumber,
    SeriesDate: told ? date : undefined,
    SeriesTime: told ? time : undefined,
    SeriesDescription: told ? context.seriesDescription : undefined,
    ProtocolName: told ? context.protocolName : undefined,
    BodyPartExamined: told ? bodyPart(context) : undefined,
    PatientPosition: context.position || undefined,
    // Paired body parts have a side; without a body part the side is unknown, so the attribute is empty (type 2C).
    Laterality: ['MG', 'DX'].includes(modality)
      ? undefined
      : context.laterality || (told || modality === 'CR' ? undefined : ''),
  };
}

/** General Equipment (C.7.5.1). */
export function equipmentModule({ scanner, siteCode }: Context): Attributes {
  const told = scanner.filling !== 'bare';
  return {
    Manufacturer: scanner.manufacturer,
    InstitutionName: told ? scanner.institution : undefined,
    StationName: told ? scanner.station : undefined,
    ManufacturerModelName: scanner.model,
    SoftwareVersions: told ? scanner.software : undefined,
    DeviceSerialNumber: scanner.filling === 'full' ? `PRACTICE-${siteCode}` : undefined,
  };
}

/** General Image, Image Pixel, SOP Common (C.7.6.1, C.7.6.3, C.12.1). */
export function imageModules(context: Context, index: number, sopClass: string): Attributes {
  const { series, stored, scanner, seriesSeed } = context;
  const { date, time } = moment(context.studySeed);
  return {
    SpecificCharacterSet: scanner.characterSet || undefined,
    SOPClassUID: sopClass,
    SOPInstanceUID: uid(seriesSeed, 'instance', index),
    // Whether the content is synthetic (C.12.1).
    SyntheticData: 'YES',
    ImageComments: COMMENT,
    AcquisitionNumber: 1,
    AcquisitionDate: date,
    AcquisitionTime: time,
    ContentDate: date,
    ContentTime: time,
    InstanceNumber: index + 1,
    BurnedInAnnotation: 'NO',
    LossyImageCompression: '00',
    SamplesPerPixel: 1,
    PhotometricInterpretation: stored.photometric,
    Rows: series.rows,
    Columns: series.columns,
    BitsAllocated: stored.bitsAllocated,
    BitsStored: stored.bitsStored,
    HighBit: stored.bitsStored - 1,
    PixelRepresentation: stored.signed ? 1 : 0,
    PixelPaddingValue: stored.padding ?? undefined,
  };
}

/** Frame of Reference, Image Plane (C.7.4.1, C.7.6.2). */
export function planeModules({ series, studySeed }: Context, index: number): Attributes {
  const [row, column] = series.orientation;
  const { position } = series.frames[index];
  const normal = [
    row[1] * column[2] - row[2] * column[1],
    row[2] * column[0] - row[0] * column[2],
    row[0] * column[1] - row[1] * column[0],
  ];
  const location = normal.reduce((sum, part, d) => sum + part * position[d], 0);
  return {
    FrameOfReferenceUID: uid(studySeed, 'frame'),
    PositionReferenceIndicator: '',
    PixelSpacing: series.pixelSpacing.map(rounded),
    ImageOrientationPatient: [...row, ...column].map(rounded),
    ImagePositionPatient: position.map(rounded),
    SliceThickness: series.sliceThickness === null ? '' : rounded(series.sliceThickness),
    SliceLocation: rounded(location),
  };
}

/** VOI LUT (C.11.2): the windows of one slice. */
export function windowModule({ stored }: Context, index: number): Attributes {
  const { windows } = stored.slices[index];
  if (windows.length === 0) return {};
  const said = windows.flatMap(({ explanation }) => explanation ?? []);
  return {
    WindowCenter: windows.map(({ centre }) => rounded(centre)),
    WindowWidth: windows.map(({ width }) => rounded(Math.max(1, width))),
    WindowCenterWidthExplanation: said.length === windows.length ? said : undefined,
  };
}

/** Modality LUT (C.11.1): the rescale of one slice. */
export function rescale({ stored }: Context, index: number): Attributes {
  const { slope, intercept } = stored.slices[index];
  return { RescaleIntercept: intercept, RescaleSlope: slope };
}

/** Rounds to a ten-thousandth of a millimetre, or of any unit. */
export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** Selects some of the settings. */
export function settings({ series }: Context, ...keywords: (keyof Attributes)[]): Attributes {
  return Object.fromEntries(
    keywords.flatMap((keyword) => {
      const value = series.settings[keyword];
      return value === undefined ? [] : [[keyword, value]];
    }),
  );
}
