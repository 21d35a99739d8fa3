/** What an image is besides its modality: a localizer, a mosaic, a screen capture, something computed (PS3.3 C.7.6.1.1.2). */
import type { ImageKind, SeriesFacts } from '../types.ts';
import { type Dicom, text } from './dataset.ts';
import { OVERLAYS, TAGS } from './tags.ts';

/** Secondary Capture Image Storage and its multi-frame kin (PS3.4 B.5). */
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

/** Words of Image Type, of the standard and of scanners. */
const CAPTURES = ['SCREEN SAVE', 'SCREEN CAPTURE', 'SCREENSHOT', 'CSA REPORT', 'DOSE_INFO', 'CAPTURE'];
const LOCALIZERS = ['LOCALIZER', 'SCOUT', 'SURVEY', 'TOPOGRAM', 'SCANOGRAM'];

/**
 * Conversion Type (0008,0064) of what was filmed, scanned, drawn or taken off a screen (PS3.3 C.8.6.1). Digital
 * interface (DI) and synthetic (SYN) are also written by scanners for their own images, and say nothing here.
 */
const CONVERSIONS = ['DV', 'DF', 'WSD', 'SD', 'SI', 'DRW'];

export function readKind({ meta, body }: Dicom): Pick<SeriesFacts, 'kind' | 'textRisk'> {
  const imageType = values(text(body, TAGS.imageType));
  const kind = imageKind({
    imageType,
    sopClass: text(body, TAGS.sopClass) || text(meta, TAGS.mediaStorageSopClass),
    conversion: text(body, TAGS.conversionType).toUpperCase(),
  });
  const burnedIn = text(body, TAGS.burnedIn).toUpperCase();
  const overlaid = OVERLAYS.some((tag) => body.elements.has(tag));
  // Ultrasound writes its settings into the picture, unless its header says that there is nothing.
  const ultrasound = text(body, TAGS.modality) === 'US' && burnedIn !== 'NO';
  return { kind, textRisk: burnedIn === 'YES' || overlaid || kind === 'capture' || ultrasound };
}

export function imageKind(header: {
  imageType: readonly string[];
  sopClass: string;
  conversion: string;
}): ImageKind {
  const { imageType, sopClass, conversion } = header;
  const says = (words: readonly string[]) => imageType.some((value) => words.includes(value));
  const secondary = sopClass === SECONDARY_CAPTURE || sopClass.startsWith(`${SECONDARY_CAPTURE}.`);
  if (secondary || says(CAPTURES) || CONVERSIONS.includes(conversion)) return 'capture';
  if (says(LOCALIZERS)) return 'localizer';
  if (says(['MOSAIC'])) return 'mosaic';
  // Value 1 tells whether pixels were computed from others, value 2 whether the examination made the image.
  if (imageType[0] === 'DERIVED' || imageType[1] === 'SECONDARY') return 'derived';
  return 'original';
}

function values(written: string): string[] {
  return written.split('\\').map((value) => value.trim().toUpperCase());
}
