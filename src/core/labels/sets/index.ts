/** The label sets that the app brings along: the default one, and examples. A registry: one file and one line each. */
import type { LabelSet } from '../labelSet.ts';
import { BODY_REGION_SET } from './bodyRegion.ts';
import { CHIANG_SET } from './chiang.ts';
import { IMAGE_QUALITY_SET } from './imageQuality.ts';
import { MODALITY_SET } from './modality.ts';

/** Every project has it. */
export const DEFAULT_SET = MODALITY_SET;

export const EXAMPLE_SETS: readonly LabelSet[] = [BODY_REGION_SET, CHIANG_SET, IMAGE_QUALITY_SET];
