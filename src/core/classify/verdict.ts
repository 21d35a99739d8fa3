/** The answer for a series, and for each of its slices. */
import type { ImageType, Label, Modality, Probabilities } from '../types.ts';

/** How a verdict stands to the DICOM tag. A tag may say that a series is none of what a verdict can be. */
export const TAG_STATES = ['agrees', 'differs', 'none-of-the-four', 'absent'] as const;
export type TagState = (typeof TAG_STATES)[number];

/**
 * One series' answer; what a model says is null where none was asked. Tags and names come from the file and live in
 * memory only.
 */
export type SeriesVerdict = {
  /** Of core/dataset/series.ts: begins with the keyed hash of the series, the same in every drop of a project. */
  key: string;
  /** Folder or file the series was found in, as dropped. */
  sourcePath: string;
  /** DICOM SeriesNumber (0020,0011). */
  number: number | null;
  imageType: ImageType | null;
  verdict: Modality | null;
  /** Mean probability of the verdict over the series' slices. */
  probability: number | null;
  /** Means over the slices. */
  probabilities: Probabilities | null;
  /** Share of slices whose own prediction is the verdict; null for one slice, which agrees with nothing. */
  agreement: number | null;
  /** DICOM Modality as it is kept: a defined term, or UNLISTED; null where there is none. */
  modality: string | null;
  /** Label that it gives. */
  tag: Label | null;
  /** Null where there is a tag but no verdict. */
  tagState: TagState | null;
  slices: SliceVerdict[];
};

export type SliceVerdict = {
  /** The file it came from, as dropped. */
  path: string;
  /** In a multi-frame file the frame; else 0. */
  frame: number;
  instanceNumber: number | null;
  /** Null without a model, as are the probabilities. */
  predicted: Modality | null;
  probabilities: Probabilities | null;
  /** 56×56 uint8 grayscale. */
  thumbnail: Uint8Array;
};
