/** What is stored of a dataset beside its slices. */
import type { ExcludeReason, Split } from '../types.ts';

export type DatasetRecord = {
  id: string;
  project: string;
  name: string;
  /**
   * Who gave the name: neutral ("Dataset 3"), a datasets.json, a folder's that the user confirmed, the user; `unasked`
   * was taken from a folder by an earlier version, and the user has not been asked since.
   */
  nameFrom: 'neutral' | 'manifest' | 'folder' | 'user' | 'unasked';
  location: string;
  split: Split;
  /** Proposed by the app, read from a datasets.json, or set by the user: a later one of these always wins. */
  splitFrom: 'proposed' | 'manifest' | 'user';
  /** A proposal stands once a drop of its files has ended, or a run began with it; until then the next may change it. */
  settled: boolean;
  /** Kinds of images that take no part in training and evaluation; they stay stored. Empty unless the user says so. */
  exclude: readonly ExcludeReason[];
};
