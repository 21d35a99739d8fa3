/** The messages between the page and the explain worker. */
import type { DeviceName } from '../engine/devices/types.ts';
import type { CallContext } from '../rpc.ts';
import type { Inside } from './features.ts';
import type { Explained } from './gradcam.ts';
import type { Occluded } from './occlusion.ts';

/** Which model is asked, and about which slice. */
export type ExplainArgs = {
  run: string;
  /** Identifies the state of its weights: if it changes they are read again. */
  version: string;
  device: 'auto' | DeviceName;
  /** A training is running: leave the cores to it. */
  whileTraining: boolean;
  /** 224×224 uint8, as stored or edited. */
  slice: Uint8Array;
};

/** Served by workers/explain.ts, one request at a time. Stores nothing. */
export type ExplainService = {
  /** The prediction and its Grad-CAM. */
  explain(args: ExplainArgs, context: CallContext<never>): Promise<Explained>;
  occlude(
    args: ExplainArgs,
    context: CallContext<{ kind: 'progress'; done: number; total: number }>,
  ): Promise<Occluded>;
  /** The activations of the network's stages for the slice. */
  inside(args: ExplainArgs, context: CallContext<never>): Promise<Inside>;
};
