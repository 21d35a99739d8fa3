/** What the program knows of the starter, the model that comes with it, before its weights are fetched. */
import { STARTER } from '../core/classify/choice.ts';
import type { Judge } from '../core/classify/judge.ts';
import { type ModelFacts, modelFacts } from '../core/export/modelFacts.ts';
import type { Metadata } from '../core/export/safetensors.ts';

export type StarterFacts = ModelFacts & {
  /** Hash of its weights. */
  weights: string;
  /** When its training began, as ISO 8601. */
  trained: string;
  epochs: number;
  seed: number;
  /** Of its file. */
  bytes: number;
  /** Balanced accuracy on datasets that the same training had never seen, over slices and over series. */
  heldOut: { slices: number; series: number } | null;
};

/** The header of the file that the build found. */
export type BuiltStarter = { bytes: number; metadata: Metadata };

export const STARTER_TITLE = 'Starter';

/** null: this build has none. */
export function starterFacts(built: BuiltStarter | null): StarterFacts | null {
  if (!built) return null;
  const { bytes, metadata } = built;
  const { weights = '', started = '', epochs, seed, heldOut } = metadata;
  return {
    ...modelFacts(metadata),
    weights,
    trained: started,
    epochs: Number(epochs ?? 0),
    seed: Number(seed ?? 0),
    bytes,
    heldOut: heldOut === undefined ? null : JSON.parse(heldOut),
  };
}

export function starterJudge(facts: StarterFacts): Judge {
  const { network, inputSize, epochs, seed, weights, trained, calibration } = facts;
  return {
    model: STARTER,
    title: STARTER_TITLE,
    network,
    inputSize,
    epochs,
    seed,
    weights,
    trained,
    calibration,
    unknown: calibration?.unknown ?? null,
  };
}
