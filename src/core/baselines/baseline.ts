/** The contract of a baseline: it is fitted to training slices and then gives class probabilities. */
import type { SeriesFacts } from '../types.ts';
import type { BaselineMeta } from './meta.ts';

/** Training slices: index of the class, and how much each counts. */
export type Examples = { classes: number; label: Uint8Array; weight: Float64Array };

/** What a baseline may read of a header; no identifier is among it. */
export type HeaderFacts = Pick<
  SeriesFacts,
  'modalityTag' | 'format' | 'rows' | 'columns' | 'bits' | 'signed'
>;

/** n×d numbers of n slices. */
export type Features = { dimensions: number; values: Float32Array };

/** Awaited between parts of about 50 ms: lets other messages in, and throws once the work is cancelled. */
export type Pause = () => Promise<void>;

/** Probabilities of the classes, which add up to 1. */
export type OfHeader = (facts: HeaderFacts) => ArrayLike<number>;
export type OfFeatures = (features: Float32Array) => ArrayLike<number>;

export type Baseline = { meta: BaselineMeta } & (
  | { sees: 'header'; fit(examples: Examples, facts: readonly HeaderFacts[]): OfHeader }
  | { sees: 'pixels'; fit(examples: Examples, features: Features, pause: Pause): Promise<OfFeatures> }
);
