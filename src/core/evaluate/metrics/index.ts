/** The metrics, one line each, in the order in which they are shown. Records and exports keep them under these names. */
import { accuracy } from './accuracy.ts';
import { auroc } from './auroc.ts';
import { balancedAccuracy } from './balancedAccuracy.ts';
import { calibrationError } from './calibrationError.ts';
import { loss } from './loss.ts';
import { macroF1 } from './macroF1.ts';
import type { Metric } from './metric.ts';
import { precision } from './precision.ts';
import { recall } from './recall.ts';

export const METRICS = {
  accuracy,
  balancedAccuracy,
  macroF1,
  auroc,
  loss,
  calibrationError,
  precision,
  recall,
} as const satisfies Record<string, Metric>;
