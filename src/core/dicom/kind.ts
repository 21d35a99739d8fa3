/** The type of an image besides its modality: localizer, mosaic, screen capture, derived (PS3.3 C.7.6.1.1.2). */
import type { ImageType, SeriesFacts } from '../types.ts';
import { type Dicom, decimal, text } from './dataSet.ts';
import { firstOfFrame } from './groups.ts';
import { modalityCode, termsOf } from './modalityCode.ts';
import { FRAME_TYPES, OVERLAYS, TAGS } from './tags.ts';

/** Storage classes (PS3.4 B.5) below this root; each includes its subclasses. */
const ROOT = '1.2.840.10008.5.1.4.1.1.';
const SECONDARY_CAPTURE = `${ROOT}7`;
/** CR, DX, MG and IO, for presentation and for processing. */
const PROJECTION_XRAY = [`${ROOT}1`];
/** Enhanced MR, gray and colour, whose frames are slices. */
const ENHANCED_MR = [`${ROOT}4.1`, `${ROOT}4.3`];

/** Words of Image Type, from the standard and from scanners; matched as whole values. */
const CAPTURES = new Set([
  // General Electric, Philips, Canon and Toshiba; dose sheets are pictures of text.
  'SCREEN SAVE',
  'SCREEN CAPTURE',
  'SCREENSHOT',
  'CAPTURE',
  'DOSE_INFO',
  'DOSE INFO',
  'DOSEINFO',
  'DOSE REPORT',
  // Siemens: reports, and the sheet of a patient's protocol.
  'CSA REPORT',
  'CT_SOM5 PROT',
  'CT_SOM7 PROT',
  'CT_SOM8 PROT',
]);
const LOCALIZERS = new Set([
  // Defined terms for CT (C.8.2.1.1.1) and MR (C.8.3.1.1.1).
  'LOCALIZER',
  'SCOUT',
  'SURVEY',
  // Siemens.
  'TOPOGRAM',
  'CT_SOM5 TOP',
  'CT_SOM7 TOP',
  'CT_SOM8 TOP',
  // Philips.
  'SURVIEW',
  'REF_SURVIEW',
  // Canon and Toshiba, Hitachi.
  'SCANOGRAM',
  'SCANOSCOPE',
]);
/** Projections and reformats: some scanners (such as Philips MR) still call them ORIGINAL\PRIMARY. */
const COMPUTED = new Set([
  'PROJECTION IMAGE',
  'MIP',
  'MAX_IP',
  'MINIP',
  'MIN IP',
  'MIN_IP',
  'MPR',
  'MPR_RANGE',
  'CSA MPR',
  'REFORMATTED',
  'RESAMPLED',
  'CSA RESAMPLED',
  'VRT',
  'SSD',
  'VOLUME RENDERING',
  'SUBTRACTION',
  // A synthetic mammogram, computed from tomosynthesis.
  'GENERATED_2D',
]);

/**
 * Conversion Type (0008,0064) of film scans, scanned documents, drawings and screen captures (PS3.3 C.8.6.1). Scanners
 * also write digital interface (DI) and synthetic (SYN) for their own images, so these mean nothing here.
 */
const CONVERSIONS = new Set(['DV', 'DF', 'SD', 'SI', 'DRW']);
/** Workstation: CR workstations write it into their own radiographs. */
const WORKSTATION = 'WSD';

/** The header attributes that decide the image type. */
export type KindHeader = {
  /** Upper case, trimmed; empty if absent. */
  imageType: readonly string[];
  sopClass: string;
  conversion: string;
  /** Tiles of a United Imaging mosaic (0065,1050), null if absent. */
  tiles: number | null;
};

export type Kind = Pick<SeriesFacts, 'imageType' | 'burnedInRisk'>;

/**
 * One type per frame: enhanced objects state it per frame, and for all frames together only if all are alike, else
 * MIXED (PS3.3 C.8.16.1). If the two statements differ, the one that is not `original` wins.
 */
export function kindReader(file: Dicom): (frame: number) => Kind {
  const { meta, body } = file;
  const header = {
    sopClass: text(body, TAGS.sopClass) || text(meta, TAGS.mediaStorageSopClass),
    conversion: text(body, TAGS.conversionType).toUpperCase(),
    tiles: decimal(body, TAGS.unitedImagingTiles),
  };
  const ofAll = imageKind({ ...header, imageType: values(text(body, TAGS.imageType)) });
  const burnedIn = text(body, TAGS.burnedIn).toUpperCase();
  const overlaid = OVERLAYS.some((tag) => body.elements.has(tag));
  // Ultrasound burns its settings into the picture, unless its header denies it.
  const codes = termsOf(modalityCode(text(body, TAGS.modality)) ?? '');
  const ultrasound = codes.includes('US') && burnedIn !== 'NO';
  const burnedInRisk = burnedIn === 'YES' || overlaid || ultrasound;
  return (frame) => {
    const type = firstOfFrame(body, FRAME_TYPES, frame);
    const own = type && imageKind({ ...header, imageType: values(text(type, TAGS.frameType)) });
    const imageType = own !== null && own !== 'original' ? own : (ofAll ?? own);
    return { imageType, burnedInRisk: burnedInRisk || imageType === 'capture' };
  };
}

/**
 * The first type with evidence in the header; null if there is none. MR scouts that only a description names (General
 * Electric, Philips) are not found: descriptions are free text and not read.
 */
export function imageKind({ imageType, sopClass, conversion, tiles }: KindHeader): ImageType | null {
  const says = (words: ReadonlySet<string>) => imageType.some((value) => words.has(value));
  const isXray = within(sopClass, PROJECTION_XRAY);
  const converted = CONVERSIONS.has(conversion) || (conversion === WORKSTATION && !isXray);
  if (within(sopClass, [SECONDARY_CAPTURE]) || converted || says(CAPTURES)) return 'capture';
  if (says(LOCALIZERS)) return 'localizer';
  if (isMosaic(imageType, sopClass, tiles)) return 'mosaic';
  if (says(COMPUTED)) return 'derived';
  // Value 2 says whether the examination made the image; value 1 says whether pixels were computed from others, which
  // is true of nearly every radiograph made for reading, from the exposure itself (C.8.11.7.1).
  if (imageType[1] === 'SECONDARY' || (imageType[0] === 'DERIVED' && !isXray)) return 'derived';
  return imageType[0] === 'ORIGINAL' || imageType[0] === 'DERIVED' ? 'original' : null;
}

/**
 * Siemens writes MOSAIC; United Imaging writes VFRAME and the number of tiles. Enhanced objects of Siemens (XA30) also
 * write MOSAIC, for frames that are slices.
 */
function isMosaic(imageType: readonly string[], sopClass: string, tiles: number | null): boolean {
  if (within(sopClass, ENHANCED_MR)) return false;
  return imageType.includes('MOSAIC') || (imageType.includes('VFRAME') && tiles !== 1);
}

/** Whether a class is one of these, or below one. */
function within(sopClass: string, roots: readonly string[]): boolean {
  return roots.some((root) => sopClass === root || sopClass.startsWith(`${root}.`));
}

function values(written: string): string[] {
  const split = written.split('\\').map((value) => value.trim().toUpperCase());
  return split.some((value) => value !== '') ? split : [];
}
