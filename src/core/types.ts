/** The domain types shared by every layer. */

/** Where a label came from. A user's label always wins and is never overwritten; `none`: nobody gave one. */
export const LABEL_SOURCES = ['tag', 'folder', 'user', 'model', 'import', 'none'] as const;
export type LabelSource = (typeof LABEL_SOURCES)[number];

/** Whole datasets are assigned to one of these; never slices. */
export const SPLITS = ['train', 'validate', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** Side of a stored slice in pixels (paper, section "Preprocessing"). */
export const SLICE_SIDE = 224;
/** Bytes of a stored slice: SLICE_SIDE² uint8. */
export const SLICE_BYTES = SLICE_SIDE * SLICE_SIDE;

/** Bytes of a slice's key, an HMAC. */
export const KEY_BYTES = 16;

/** Slices per class, by its id; `other`: in no class. */
export type Counts = Record<string, number>;

/**
 * The type of an image by its own header; the first that applies, in the order capture, localizer, mosaic, derived,
 * original. These are our own words: nothing is copied from the file.
 */
export const IMAGE_TYPES = ['original', 'localizer', 'mosaic', 'capture', 'derived'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

/** What can be excluded from a dataset: an image type, or images that may show text. */
export const EXCLUDE_REASONS = ['localizer', 'mosaic', 'capture', 'derived', 'text'] as const;
export type ExcludeReason = (typeof EXCLUDE_REASONS)[number];

/**
 * The stored facts of a series besides its pixels: the allow-list. Nothing else survives the
 * parse of a file. Identifiers are keyed hashes (hex), never the originals.
 */
export type SeriesFacts = {
  /** HMAC of SeriesInstanceUID, or of its replacement; 16 hex digits. */
  series: string;
  /** HMAC of PatientID, or of the first of study, series, file that exists; 16 hex digits. */
  patient: string;
  /** What `patient` was made from. */
  patientFrom: 'patient' | 'study' | 'series' | 'file';
  format: FormatName;
  /** DICOM Modality (0008,0060): a defined term, or UNLISTED (dicom/modalityCode.ts); null if absent. */
  modalityTag: string | null;
  /** Names of classes' folders among those that the files lay in, outermost first, as the label sets write them. */
  folders: readonly string[];
  bodyPart: string | null;
  laterality: string | null;
  view: string | null;
  manufacturer: string | null;
  model: string | null;
  transferSyntax: string | null;
  photometric: string | null;
  rows: number;
  columns: number;
  bits: number;
  signed: boolean;
  /** null if no header states it, or if the slices were stored before it was read. */
  imageType: ImageType | null;
  /** Whether text may be burned into the pixels or overlaid; null as for `imageType`. */
  burnedInRisk: boolean | null;
};

/** `meta.name` of an entry of the registry in formats/index.ts. */
export type FormatName = string;

/** Points at one stored slice. */
export type SliceRef = { shard: number; row: number };

/** Of the classes of a label set, in its order. */
export type Probabilities = number[];

/** The right to write to one project, as long as `token` is the project's number in the database (storage/fence.ts). */
export type Fence = { project: string; token: number };
