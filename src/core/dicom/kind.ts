/** What an image is besides its modality: a localizer, a mosaic, a screen capture, something computed (PS3.3 C.7.6.1.1.2). */
import type { ImageType, SeriesFacts } from '../types.ts';
import { type Dicom, decimal, text } from './dataset.ts';
import { firstOfFrame } from './groups.ts';
import { modalityCode, termsOf } from './modalityCode.ts';
import { FRAME_TYPES, OVERLAYS, TAGS } from './tags.ts';

/** Storage classes (PS3.4 B.5) below this root; each with what is below it. */
const ROOT = '1.2.840.10008.5.1.4.1.1.';
const SECONDARY_CAPTURE = `${ROOT}7`;
/** CR, DX, MG and IO, for presentation and for processing. */
const PROJECTION_XRAY = [`${ROOT}1`];
/** Enhanced MR, gray and colour: their frames are slices. */
const ENHANCED_MR = [`${ROOT}4.1`, `${ROOT}4.3`];

/** Words of Image Type, of the standard and of scanners; whole values only. */
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
  // Defined for CT (C.8.2.1.1.1) and MR (C.8.3.1.1.1).
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
/** Projections and reformats: some scanners (Philips' MR among them) call them ORIGINAL\PRIMARY all the same. */
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
  // A mammogram computed from a tomosynthesis.
  'GENERATED_2D',
]);

/**
 * Conversion Type (0008,0064) of what was filmed, scanned, drawn or taken off a screen (PS3.3 C.8.6.1). Digital
 * interface (DI) and synthetic (SYN) are also written by scanners for their own images, and say nothing here.
 */
const CONVERSIONS = new Set(['DV', 'DF', 'SD', 'SI', 'DRW']);
/** Workstation: workplaces of CR write it into their own radiographs. */
const WORKSTATION = 'WSD';

/** What of a header tells the kind. */
export type KindHeader = {
  /** Capitals, without blanks at either end; empty where there is none. */
  imageType: readonly string[];
  sopClass: string;
  conversion: string;
  /** Tiles of a mosaic of United Imaging (0065,1050), null where it isn't said. */
  tiles: number | null;
};

export type Kind = Pick<SeriesFacts, 'imageType' | 'burnedInRisk'>;

/**
 * Of each frame: enhanced objects say it of each, and of all together only where all are alike, else MIXED
 * (PS3.3 C.8.16.1). Of two statements that differ, the one counts that makes it no original.
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
  // Ultrasound writes its settings into the picture, unless its header says that there is nothing.
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
 * The first that the header gives evidence of; null where it says nothing. Scouts of MR that only a description
 * names (General Electric's, Philips') are not found: descriptions are free text and not read.
 */
export function imageKind({ imageType, sopClass, conversion, tiles }: KindHeader): ImageType | null {
  const says = (words: ReadonlySet<string>) => imageType.some((value) => words.has(value));
  const isXray = within(sopClass, PROJECTION_XRAY);
  const converted = CONVERSIONS.has(conversion) || (conversion === WORKSTATION && !isXray);
  if (within(sopClass, [SECONDARY_CAPTURE]) || converted || says(CAPTURES)) return 'capture';
  if (says(LOCALIZERS)) return 'localizer';
  if (isMosaic(imageType, sopClass, tiles)) return 'mosaic';
  if (says(COMPUTED)) return 'derived';
  // Value 2 tells whether the examination made the image, value 1 whether pixels were computed from others: that
  // is so of nearly every radiograph made for reading, from the exposure itself (C.8.11.7.1).
  if (imageType[1] === 'SECONDARY' || (imageType[0] === 'DERIVED' && !isXray)) return 'derived';
  return imageType[0] === 'ORIGINAL' || imageType[0] === 'DERIVED' ? 'original' : null;
}

/**
 * Siemens says MOSAIC, United Imaging VFRAME and how many tiles. Enhanced objects of Siemens (XA30) say MOSAIC, too,
 * of frames that are slices.
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
