/** The state of the Classify page before a drop, and after clearing. */
import type { ClassifyState } from './state.ts';

export const NO_CLASSIFICATION: ClassifyState = {
  model: null,
  files: 0,
  seconds: null,
  series: [],
  skipped: [],
};
