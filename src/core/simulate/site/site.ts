/** A site: a named set of habits of scanning, writing and describing. All names are clearly invented. */
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
 * The HU that an archive keeps: all of them; those within the display window, as in teaching files and in converters to
 * pictures (PS3.3 C.11.2.1.2.1 clips at both ends); or those from water's up, if a tool reads the numbers as unsigned.
 */
export type Kept = 'all' | 'window' | 'positive';

export type CtHabit = Written & {
  regions: readonly RegionName[];
  protocol: Partial<CtProtocol>;
  /** Settings for one patient after the other; each overrides `protocol`. */
  variants: readonly (Partial<CtProtocol> & { kept?: Kept })[];
  /** Whether a localizer comes first. */
  scout: boolean;
  bits: 12 | 16;
  signed: boolean;
  intercept: number;
  /** The stored number outside the measured circle; null: air. */
  padding: number | null;
  /** Number of windows; two: the second is for the lung. */
  windows: 'none' | 'one' | 'two';
};

export type MrHabit = Written & {
  sequences: readonly {
    region: RegionName;
    contrast: Contrast;
    orientation: Orientation;
    adc?: true;
    /** Heads only: brains without skull and face (body/alone.ts). */
    brain?: true;
    /** Overrides `protocol`: a joint or an organ in a small field of view, with a dedicated coil. */
    near?: Partial<MrProtocol>;
  }[];
  protocol: Partial<MrProtocol>;
  bits: 12 | 16;
  signed: boolean;
  /** The stored number of the brightest pixel in a thousand. */
  peak: number;
  /** Whether slope and intercept are written, as one large vendor does. */
  rescaled: boolean;
};

export type PtHabit = Written & {
  regions: readonly RegionName[];
  protocol: Partial<PtProtocol>;
  /** Settings for one patient after the other; each overrides `protocol`. `brain`: heads without skull and face. */
  variants: readonly (Partial<PtProtocol> & { brain?: true })[];
  signed: boolean;
  /** Whether every slice has its own slope; otherwise the series has one. */
  perSlice: boolean;
  photometric: 'MONOCHROME1' | 'MONOCHROME2';
};

export type XrHabit = Written & {
  object: 'CR' | 'DX' | 'MG';
  /** `near`: share of the usual cassette's sides, for a smaller cassette or a patient who is closer to it. */
  shots: readonly { region: RegionName; views: readonly View[]; near?: number }[];
  /** Pixels along the longer side of the cassette. */
  side: number;
  protocol: Partial<XrProtocol>;
  look: Partial<Look>;
  /** Width of the black frame around the picture, pixels. */
  border: number;
  /** Whether L or R is burned into the pixels, in addition to the lead letter or instead of it. */
  burned: boolean;
};

export type Site = {
  name: string;
  /** Name of the folder: lower-case letters. */
  folder: string;
  /** Code in identifiers: capital letters. */
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
