/** The answer for a series, and for each of its slices. */
import type { ImageType, Probabilities } from '../types.ts';
import type { Oddity } from './oddities.ts';

/**
 * Relation of the verdict to the DICOM tag. A tag may name what no verdict can be: of whatever set, the state is called as
 * with the four modalities.
 */
export const TAG_STATES = ['agrees', 'differs', 'none-of-the-four', 'absent'] as const;
export type TagState = (typeof TAG_STATES)[number];

/**
 * One series' answer; the model's fields are null without a model. Tags and names come from the file and live in memory
 * only.
 */
export type SeriesVerdict = {
  /** From core/series.ts: begins with the keyed hash of the series, the same in every drop of a project. */
  key: string;
  /** Folder or file of the series, as dropped. */
  sourcePath: string;
  /** DICOM SeriesNumber (0020,0011). */
  number: number | null;
  /** Of most of its slices. */
  imageType: ImageType | null;
  /** DICOM Series Description (0008,103E). */
  description: string | null;
  /** Its SOP class, if dicom/storageClass.ts has it. */
  objectClass: string | null;
  oddities: readonly Oddity[];
  /** Id of a class. */
  verdict: string | null;
  /** The probability of the verdict. */
  probability: number | null;
  /** Of the slices that vote (voters.ts) together (evaluate/pooling.ts). */
  probabilities: Probabilities | null;
  /** How many slices vote. */
  voters: number;
  /** Share of those whose own prediction is the verdict; null for a single one. */
  agreement: number | null;
  /** The median of its slices but localizers and captures (evaluate/unknown.ts); null if the model cannot tell. */
  strangeness: number | null;
  /** The stored DICOM Modality: a defined term, or UNLISTED; null if absent. */
  modality: string | null;
  /** The class that the header names (tag.ts). */
  tag: string | null;
  /** null if there is a tag but no verdict. */
  tagState: TagState | null;
  /**
   * The probability that the tag is wrong, given the pixels and the default error rate (tagEvidence.ts); null without a
   * verdict or a class named.
   */
  tagWrong: number | null;
  slices: SliceVerdict[];
};

export type SliceVerdict = {
  /** Its source file, as dropped. */
  path: string;
  /** Frame of a multi-frame file, else 0. */
  frame: number;
  instanceNumber: number | null;
  imageType: ImageType | null;
  /** null without a model, like the probabilities. */
  predicted: string | null;
  probabilities: Probabilities | null;
  /** Larger is stranger (evaluate/unknown.ts); null if the model cannot tell. */
  strangeness: number | null;
  /** 56×56 uint8 grayscale; null: of very many slices not all keep theirs (thumbnails.ts). */
  thumbnail: Uint8Array | null;
};
