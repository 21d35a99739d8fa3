/** The metrics, one line each, in the order in which they are shown. Records and exports keep them under these names. */
import { accuracy } from './accuracy.ts';
import { auroc } from './auroc.ts';
import { averagePrecision } from './averagePrecision.ts';
import { balancedAccuracy } from './balancedAccuracy.ts';
import { calibrationError } from './calibrationError.ts';
import { classAuroc } from './classAuroc.ts';
import { kappa } from './kappa.ts';
import { loss } from './loss.ts';
import { macroF1 } from './macroF1.ts';
import { matthews } from './matthews.ts';
import { meanAveragePrecision } from './meanAveragePrecision.ts';
import type { Metric } from './metric.ts';
import { precision } from './precision.ts';
import { recall } from './recall.ts';
import { specificity } from './specificity.ts';

export const METRICS = {
  accuracy,
  balancedAccuracy,
  macroF1,
  auroc,
  meanAveragePrecision,
  kappa,
  matthews,
  loss,
  calibrationError,
  precision,
  recall,
  specificity,
  classAuroc,
  averagePrecision,
} as const satisfies Record<string, Metric>;
