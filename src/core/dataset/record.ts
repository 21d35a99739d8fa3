/** The stored record of a dataset, without its slices. */

import type { DatasetFacts } from '../files/datasetFacts.ts';
import type { ExcludeReason, Split } from '../types.ts';
import type { Caps } from './caps.ts';

export type DatasetRecord = {
  id: string;
  project: string;
  name: string;
  /**
   * Where the name comes from: neutral ("Dataset 3"), a datasets.json, a folder name that the user confirmed, or the
   * user; an earlier version took `unasked` from a folder, and the user has not been asked since.
   */
  nameFrom: 'neutral' | 'manifest' | 'folder' | 'user' | 'unasked';
  location: string;
  split: Split;
  /** Proposed by the app, read from a datasets.json, taken from the paper's appendix, or set by the user: the later in this list always wins. */
  splitFrom: 'proposed' | 'manifest' | 'template' | 'user';
  /** Set once a drop of its files has ended or a run has begun: until then the next drop may change a proposal. */
  settled: boolean;
  /** Kinds of images excluded from training and evaluation; they stay stored. Empty unless the user sets it. */
  exclude: readonly ExcludeReason[];
  /** The user's own words; absent in records that nobody has said anything of. */
  facts?: DatasetFacts;
  /** Its project's: storage adds them when it reads a record, and never stores them with one. Absent: no caps. */
  caps?: Caps;
};
