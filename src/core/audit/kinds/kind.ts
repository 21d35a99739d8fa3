/** A kind of doubt: one way in which evidence speaks against a label, or asks for one. */
import type { Evidence } from '../evidence.ts';

export type Found = {
  /** Index into the evidence's parts. */
  part: number;
  /** The slices it is about; null: the whole part. */
  slices: Uint32Array | null;
  /** 0 to 1; from 0.5 on the evidence speaks for another label. */
  doubt: number;
  /** One sentence for the user, with the evidence. */
  reason: string;
  /** The class that the evidence speaks for; null for none. */
  proposed: number | null;
  /** A class that it comes near to speaking for. */
  rival?: number;
  /** A slice of the table to show beside it; null for none. */
  beside: number | null;
};

export type Kind = {
  /** Stands on the queue's filter. */
  label: string;
  /** One plain sentence. */
  description: string;
  find(evidence: Evidence): Found[];
};
