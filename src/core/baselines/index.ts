/** The registry of baselines: one line each, in the order in which they are shown. */
import type { Baseline } from './baseline.ts';
import { HEADER } from './header.ts';
import { FEATURES_NEIGHBOURS, FEATURES_SVM } from './pixels.ts';
import { TAG } from './tag.ts';

export const BASELINES: readonly Baseline[] = [TAG, HEADER, FEATURES_NEIGHBOURS, FEATURES_SVM];
