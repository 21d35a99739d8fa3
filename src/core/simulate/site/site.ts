/** A site: a named set of habits of scanning, writing and describing. All names are plainly invented. */
import type { SyntaxName } from '../../dicom/write/syntax.ts';
import type { CtProtocol } from '../ct/protocol.ts';
import type { CharacterSet } from '../dicom/attributes.ts';
import type { Filling } from '../dicom/context.ts';
import type { Contrast, MrProtocol } from '../mr/protocol.ts';
import type { Orientation } from '../plane.ts';
import type { PtProtocol } from '../pt/protocol.ts';
import type { RegionName } from '../region.ts';
import type { Look } from '../xr/display.ts';
import type { View, XrProtocol } from '../xr/protocol.ts';
import type { Language } from './words.ts';

type Written = {
  syntax: Exclude<SyntaxName, 'jpeg'>;
  manufacturer: string;
  model: string;
};

/**
 * Which HU an archive keeps: all of them; those of the window it is read in, as teaching files and converters to
 * pictures do (PS3.3 C.11.2.1.2.1 clips at both ends); or none below water's, where a tool reads the numbers as unsigned.
 */
export type Kept = 'all' | 'window' | 'positive';

export type CtHabit = Written & {
  regions: readonly RegionName[];
  protocol: Partial<CtProtocol>;
  /** Sets of one patient after the other; each goes over `protocol`. */
  variants: readonly (Partial<CtProtocol> & { kept?: Kept })[];
  /** Whether a localizer comes first. */
  scout: boolean;
  bits: 12 | 16;
  signed: boolean;
  intercept: number;
  /** Stored outside the circle that is measured; null: air stands there. */
  padding: number | null;
  /** Names the window, or gives a second one. */
  windows: 'none' | 'one' | 'two';
};

export type MrHabit = Written & {
  sequences: readonly {
    region: RegionName;
    contrast: Contrast;
    orientation: Orientation;
    adc?: true;
    /** Heads alone: brains without skull and face (body/alone.ts). */
    brain?: true;
    /** Goes over `protocol`: a joint or an organ seen from near, with a coil of its own. */
    near?: Partial<MrProtocol>;
  }[];
  protocol: Partial<MrProtocol>;
  bits: 12 | 16;
  signed: boolean;
  /** The stored number of the brightest of a thousand pixels. */
  peak: number;
  /** Slope and intercept are written, as one large vendor does. */
  rescaled: boolean;
};

export type PtHabit = Written & {
  regions: readonly RegionName[];
  protocol: Partial<PtProtocol>;
  /** Of one patient after the other; each goes over `protocol`. `brain`: heads come without skull and face. */
  variants: readonly (Partial<PtProtocol> & { brain?: true })[];
  signed: boolean;
  /** Every slice has a slope of its own, or the series has one. */
  perSlice: boolean;
  photometric: 'MONOCHROME1' | 'MONOCHROME2';
};

export type XrHabit = Written & {
  object: 'CR' | 'DX' | 'MG';
  /** `near`: share of the usual cassette's sides, of a smaller one or of one that the patient comes closer to. */
  shots: readonly { region: RegionName; views: readonly View[]; near?: number }[];
  /** Pixels along the longer side of the cassette. */
  side: number;
  protocol: Partial<XrProtocol>;
  look: Partial<Look>;
  /** Pixels of black frame around the picture. */
  border: number;
  /** L or R is written into the pixels, besides or instead of lead. */
  burned: boolean;
};

export type Site = {
  name: string;
  /** Of the folder: small letters. */
  folder: string;
  /** In identifiers: capitals. */
  code: string;
  location: string;
  language: Language;
  characterSet: CharacterSet;
  filling: Filling;
  position: 'HFS' | 'FFS';
  ct?: CtHabit;
  mr?: MrHabit;
  pt?: PtHabit;
  xr?: XrHabit;
};
