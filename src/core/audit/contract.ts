/** The messages between the page and the audit worker. */
import type { DeviceName } from '../engine/devices/types.ts';
import type { CallContext } from '../rpc.ts';
import type { Fence } from '../types.ts';
import type { FoldProgress } from './foldModels.ts';
import type { NoiseEstimate } from './noise.ts';
import type { Doubt } from './queue.ts';

export type AuditArgs = {
  project: string;
  /** The label set's id. */
  set: string;
};

/** First all slices are read, then compared with each other; the rest is the fold models'. */
export type AuditProgress = { doing: 'reading' | 'comparing'; done: number; total: number } | FoldProgress;

export type Audited = {
  items: Doubt[];
  /** When the models judged, in ms since 1970; null before they have. */
  judgedMs: number | null;
  /** How many labels are probably wrong; null without models. */
  noise: NoiseEstimate | null;
  /** Slices in use, and those that a model has judged. */
  slices: number;
  judged: number;
};

/** Served by workers/audit.ts; one job at a time. */
export type AuditService = {
  /** Trains fold models, keeps their answers, and ranks. */
  audit(
    args: AuditArgs & { device: 'auto' | DeviceName; fence: Fence | null },
    context: CallContext<AuditProgress>,
  ): Promise<Audited>;
  /** Ranks by the labels as they are now, with the answers that were kept; without any, what needs no model. */
  rank(args: AuditArgs): Promise<Audited>;
};
