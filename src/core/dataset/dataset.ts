/** What is stored of a dataset beside its slices. */
import type { Leavable, Split } from '../types.ts';

export type DatasetRecord = {
  id: string;
  project: string;
  name: string;
  location: string;
  split: Split;
  /** Proposed by the app, read from a datasets.json, or set by the user: a later one of these always wins. */
  splitFrom: 'proposed' | 'manifest' | 'user';
  /** Kinds of images that take no part in training and evaluation; they stay stored. Empty unless the user says so. */
  leaveOut: readonly Leavable[];
};
