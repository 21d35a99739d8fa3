/** What the page and the explain worker say to each other. */
import type { DeviceName } from '../engine/devices/types.ts';
import type { CallContext } from '../rpc.ts';
import type { Inside } from './features.ts';
import type { Explained } from './gradcam.ts';
import type { Occluded } from './occlusion.ts';

/** Whose model is asked, and about which slice. */
export type ExplainArgs = {
  run: string;
  /** Names the state of its weights: with another one they are read anew. */
  version: string;
  device: 'auto' | DeviceName;
  /** A training is under way: its cores are left to it. */
  beside: boolean;
  /** 224×224 uint8, as stored or edited. */
  slice: Uint8Array;
};

/** Served by workers/explain.ts, one question after the other. Stores nothing. */
export type ExplainService = {
  /** The answer and its Grad-CAM. */
  explain(args: ExplainArgs, context: CallContext<never>): Promise<Explained>;
  occlude(
    args: ExplainArgs,
    context: CallContext<{ kind: 'progress'; done: number; total: number }>,
  ): Promise<Occluded>;
  /** What the network's stages make of the slice. */
  inside(args: ExplainArgs, context: CallContext<never>): Promise<Inside>;
};
