/**
 * What headers of real files say of their kind, and what they mean: maker, class below 1.2.840.10008.5.1.4.1.1,
 * Image Type, and what else counts. The first list is every combination in the public datasets and in the decoders'
 * conformance set; the second is what makers' conformance statements and bug reports name besides.
 */
import type { ImageType } from '../../../src/core/types.ts';

export type KindCase = {
  maker: string;
  /** '' where the file names none. */
  sopClass: string;
  imageType: string;
  kind: ImageType | null;
  conversion?: string;
  /** Tiles as United Imaging counts them. */
  tiles?: string;
};

type Line = readonly [imageType: string, kind: ImageType | null, conversion?: string];

function lines(maker: string, sopClass: string, ...of: Line[]): KindCase[] {
  return of.map(([imageType, kind, conversion]) => ({
    maker,
    sopClass,
    imageType,
    kind,
    ...(conversion && { conversion }),
  }));
}

const AXIAL = 'ORIGINAL\\PRIMARY\\AXIAL';

export const FOUND: readonly KindCase[] = [
  // CT: value 3 is AXIAL or LOCALIZER.
  ...lines('GE MEDICAL SYSTEMS', '2', [AXIAL, 'original'], [`${AXIAL}\\ADD`, 'original']),
  ...lines('GE MEDICAL SYSTEMS', '2', ['DERIVED\\PRIMARY\\AXIAL', 'derived']),
  ...lines('GE MEDICAL SYSTEMS', '2', ['DERIVED\\SECONDARY\\AXIAL', 'derived']),
  ...lines('Philips', '2', [AXIAL, 'original'], [`${AXIAL}\\HELIX`, 'original']),
  ...lines('Philips', '2', ['ORIGINAL\\PRIMARY\\LOCALIZER', 'localizer']),
  ...lines('Philips', '2', ['ORIGINAL\\PRIMARY\\LOCALIZER\\ES', 'localizer']),
  ...lines('SIEMENS', '2', [`${AXIAL}\\CT_SOM5 SPI`, 'original']),
  ...lines('SIEMENS', '2', [`${AXIAL}\\CT_SOM5 SPI\\HEADER_CORRECTED`, 'original']),
  ...lines('SIEMENS', '2', ['DERIVED\\PRIMARY\\AXIAL\\CT_SOM5 SPI', 'derived']),
  ...lines('SIEMENS', '', [`${AXIAL}\\CT_SOM5 SPI`, 'original']),
  ...lines('TOSHIBA', '2', ['DERIVED\\PRIMARY\\MPR', 'derived'], ['DERIVED\\SECONDARY\\AXIAL', 'derived']),
  ...lines('', '2', [AXIAL, 'original'], ['DERIVED \\PRIMARY\\AXIAL', 'derived'], ['', null]),
  // A slice that a video camera took of a screen, whatever its class.
  ...lines('', '2', [AXIAL, 'capture', 'DV']),
  ...lines('Acme', '2.1', ['DERIVED\\PRIMARY\\PERFUSION\\RCBF', 'derived']),

  // MR.
  ...lines('GE MEDICAL SYSTEMS', '4', ['ORIGINAL\\PRIMARY\\OTHER', 'original']),
  ...lines('GE MEDICAL SYSTEMS', '4', ['ORIGINAL\\PRIMARY\\EPI\\NONE', 'original']),
  ...lines('GE MEDICAL SYSTEMS', '4', ['DERIVED\\PRIMARY', 'derived'], ['DERIVED\\SECONDARY', 'derived']),
  ...lines('GE, through MIM', '4', ['DERIVED\\PRIMARY\\AXIAL', 'derived']),
  ...lines('Philips', '4', ['ORIGINAL\\PRIMARY\\M_SE\\M\\SE', 'original']),
  ...lines('Philips', '4', ['ORIGINAL\\PRIMARY\\M_FFE\\M\\FFE', 'original']),
  ...lines('Philips', '4', ['ORIGINAL\\PRIMARY\\OTHER\\M\\SE', 'original']),
  ...lines('Philips', '4', ['ORIGINAL\\PRIMARY\\OTHER', 'original'], ['ORIGINAL\\PRIMARY', 'original']),
  ...lines('Philips', '4', ['DERIVED\\PRIMARY\\OTHER\\M\\SE', 'derived']),
  ...lines('Philips', '4', ['DERIVED\\PRIMARY\\OTHER\\R\\IR', 'derived']),
  ...lines('Philips', '4', ['DERIVED\\SECONDARY\\OTHER\\R\\IR', 'derived']),
  ...lines('Philips', '4.1', ['ORIGINAL\\PRIMARY\\T1\\NONE', 'original']),
  ...lines('SIEMENS', '4', ['ORIGINAL\\PRIMARY\\M\\ND', 'original']),
  ...lines('SIEMENS', '4', ['ORIGINAL\\PRIMARY\\M\\ND\\NORM', 'original']),
  ...lines('SIEMENS', '4', ['ORIGINAL\\PRIMARY\\M\\NORM\\DIS2D', 'original']),
  ...lines('SIEMENS', '4', ['ORIGINAL\\PRIMARY\\UNDEFINED', 'original']),
  ...lines('SIEMENS', '4', ['ORIGINAL\\PRIMARY\\M\\ND\\ECHO_00\\MOSAIC', 'mosaic']),
  ...lines('SIEMENS', '4', ['ORIGINAL\\PRIMARY\\DIFFUSION\\NONE\\ND\\MOSAIC', 'mosaic']),
  ...lines('SIEMENS', '4.1', ['ORIGINAL\\PRIMARY\\M\\NONE', 'original']),
  ...lines('TOSHIBA', '4', ['ORIGINAL\\PRIMARY\\GDC', 'original'], ['DERIVED\\SECONDARY\\ADC', 'derived']),
  ...lines('TOSHIBA', '4', ['DERIVED\\SECONDARY\\OTHER', 'derived']),
  ...lines('', '4', ['', null]),

  // PET; one maker writes its Series Type here.
  ...lines('GE MEDICAL SYSTEMS', '128', ['ORIGINAL\\PRIMARY', 'original'], ['DERIVED\\SECONDARY', 'derived']),
  ...lines('CPS', '128', ['ORIGINAL\\PRIMARY\\HEADER_CORRECTED', 'original']),
  ...lines('', '128', ['STATIC', null]),

  // Radiographs: what is made for reading is DERIVED\PRIMARY, from the exposure itself.
  ...lines('FUJI', '1', ['DERIVED\\PRIMARY', 'original'], ['DERIVED\\SECONDARY', 'derived']),
  ...lines('KONICA MINOLTA', '1', ['DERIVED\\PRIMARY', 'original', 'WSD']),
  ...lines('', '', ['ORIGINAL\\PRIMARY\\PORTAL', 'original']),
  ...lines('', '', ['ORIGINAL\\PRIMARY\\SINGLE PLANE', 'original']),

  // Ultrasound.
  ...lines(
    'ACUSON',
    '3.1',
    ['ORIGINAL\\PRIMARY\\\\0011', 'original'],
    ['DERIVED\\PRIMARY\\\\0011', 'derived'],
  ),
  ...lines('Philips', '3.1', ['ORIGINAL\\PRIMARY\\OBSTETRICAL', 'original']),
  ...lines('Acme', '6', ['ORIGINAL\\PRIMARY\\TEE\\0011', 'original']),
  ...lines('MINDRAY', '6.1', ['ORIGINAL\\PRIMARY', 'original']),
  ...lines('ALOKA', '6.1', ['ORIGINAL\\PRIMARY\\ABDOM/RAD\\0001', 'original']),
  ...lines('GE', '6.1', ['DERIVED\\PRIMARY\\SMALL PARTS', 'derived']),
  ...lines('GE', '6.1', ['ORIGINAL\\PRIMARY\\SMALL PARTS', 'original']),
  ...lines('GE', '6.1', ['ORIGINAL\\PRIMARY\\EPICARDIAL', 'original']),
  ...lines('Philips', '6.1', ['ORIGINAL\\PRIMARY\\ABDOMINAL', 'original']),
  ...lines('Philips', '6.1', ['ORIGINAL\\PRIMARY\\CARDIOLOGY', 'original']),
  ...lines('Philips', '6.1', ['ORIGINAL\\PRIMARY\\GYNECOLOGY', 'original']),
  ...lines('Philips', '6.1', ['ORIGINAL\\PRIMARY\\INTRACARDIAC', 'original']),
  ...lines('Philips', '6.1', ['ORIGINAL\\PRIMARY\\OBSTETRICAL', 'original']),
  ...lines('ESAOTE', '6.1', ['DERIVED\\SECONDARY\\MUSCULOSKELETAL\\0001', 'derived']),

  // Secondary captures, whatever they say of themselves.
  ...lines('GE MEDICAL SYSTEMS', '7', ['DERIVED\\SECONDARY\\SCREEN SAVE', 'capture', 'WSD']),
  ...lines('GE MEDICAL SYSTEMS', '7', ['DERIVED\\SECONDARY\\3D', 'capture', 'WSD']),
  ...lines('GE MEDICAL SYSTEMS', '7', ['DERIVED\\PRIMARY\\WHOLE BODY\\EMISSION', 'capture', 'WSD']),
  ...lines('GE MEDICAL SYSTEMS', '7', ['DERIVED\\SECONDARY\\WHOLE BODY\\EMISSION', 'capture', 'WSD']),
  ...lines('Philips', '7', ['DERIVED\\SECONDARY\\REF_SURVIEW', 'capture', 'WSD']),
  ...lines('', '7', ['', 'capture'], ['', 'capture', 'WSD'], ['', 'capture', 'DV'], ['', 'capture', 'SYN']),
  ...lines('', '7', ['ORIGINAL\\PRIMARY', 'capture', 'DV'], ['ORIGINAL\\SECONDARY\\', 'capture', 'WSD']),
  ...lines('', '7', ['DERIVED\\PRIMARY', 'capture', 'DV'], ['DERIVED\\PRIMARY', 'capture', 'WSD']),
  ...lines('', '7', ['DERIVED\\SECONDARY', 'capture', 'DV'], ['DERIVED\\SECONDARY', 'capture', 'WSD']),
  ...lines('', '7', ['DERIVED\\SECONDARY\\AXIAL', 'capture', 'WSD']),
  ...lines('', '7', ['DERIVED\\SECONDARY\\OTHER', 'capture', 'DI']),
  ...lines('MeVisLab', '7', ['DERIVED\\SECONDARY\\OTHER\\MEVISLAB', 'capture', 'WSD']),
  ...lines('', '7.4', ['', 'capture']),
  ...lines('', '77.1.6', ['DERIVED\\PRIMARY\\VOLUME\\RESAMPLED', 'capture', 'SI']),
  // A private class.
  ...lines('', '', ['ORIGINAL\\PRIMARY', 'capture', 'WSD']),

  // No image of a scanner, or no header that says.
  ...lines('', '30', ['DERIVED\\PRIMARY\\VOLUME\\QUANTITY', 'derived']),
  ...lines('', '', ['', null]),
  ...lines('', '481.2', ['', null]),
];

export const DESCRIBED: readonly KindCase[] = [
  // United Imaging tiles as Siemens does, in words of its own.
  ...lines('UIH', '4', ['ORIGINAL\\PRIMARY\\M\\VFRAME', 'mosaic']).map((one) => ({ ...one, tiles: '20' })),
  ...lines('UIH', '4', ['ORIGINAL\\PRIMARY\\M\\VFRAME', 'original']).map((one) => ({ ...one, tiles: '1' })),
  ...lines('UIH', '4', ['ORIGINAL\\PRIMARY\\M\\VFRAME', 'mosaic']),
  ...lines('UIH', '4', ['ORIGINAL\\PRIMARY\\M', 'original']),
  // Siemens XA30 keeps the word in enhanced objects, whose frames are slices.
  ...lines('Siemens Healthineers', '4.1', ['ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC', 'original']),
  ...lines('Siemens Healthineers', '4.1', ['DERIVED\\PRIMARY\\DIFFUSION\\ADC\\MOSAIC', 'derived']),
  ...lines('SIEMENS', '4', ['DERIVED\\PRIMARY\\MPR\\NORM\\DIS2D', 'derived']),
  ...lines('SIEMENS', '2', ['ORIGINAL\\PRIMARY\\LOCALIZER\\CT_SOM5 TOP', 'localizer']),
  ...lines('SIEMENS', '2', ['ORIGINAL\\SECONDARY\\OTHER\\CT_SOM5 PROT', 'capture']),
  ...lines('SIEMENS', '2', ['DERIVED\\SECONDARY\\OTHER\\CSA MPR', 'derived']),
  ...lines('SIEMENS', '4', ['DERIVED\\SECONDARY\\OTHER\\CSA REPORT', 'capture']),
  // Philips calls projections original.
  ...lines('Philips', '4', ['ORIGINAL\\PRIMARY\\PROJECTION IMAGE\\M\\FFE', 'derived']),
  ...lines('Philips', '2', ['DERIVED\\SECONDARY\\REF_SURVIEW', 'localizer']),
  ...lines('GE MEDICAL SYSTEMS', '2', ['DERIVED\\SECONDARY\\REFORMATTED\\AVERAGE', 'derived']),
  ...lines('GE MEDICAL SYSTEMS', '2', ['DERIVED\\SECONDARY\\REFORMATTED\\MIN IP', 'derived']),
  ...lines('CANON', '2', ['DERIVED\\SECONDARY\\\\DOSEINFO', 'capture']),
  ...lines('HITACHI', '2', ['ORIGINAL\\PRIMARY\\SCANOGRAM', 'localizer']),
  ...lines('HOLOGIC', '1.2', ['DERIVED\\PRIMARY\\TOMOSYNTHESIS\\GENERATED_2D', 'derived']),
  ...lines('HOLOGIC', '1.2', ['DERIVED\\PRIMARY\\\\', 'original']),
  // Whole values only, in any case.
  ...lines('', '4', ['ORIGINAL\\PRIMARY\\NOT A LOCALIZER', 'original']),
  ...lines('', '4', ['original\\primary\\ localizer ', 'localizer']),
];
