/** Starts decode workers from inside another worker. */
import type { DecodeService } from '../../src/core/files/decoder.ts';
import type { Decoder } from '../../src/core/files/pool.ts';
import { connect } from '../../src/core/rpc.ts';

const MAX_DECODERS = 8;

/** All cores but one, which the page keeps, and two at least: one reads while the other decodes. */
export const DECODERS = Math.max(2, Math.min(MAX_DECODERS, navigator.hardwareConcurrency - 1));

export function spawnDecoder(): Decoder {
  const worker = new Worker(new URL('../decode.ts', import.meta.url), { type: 'module', name: 'decode' });
  return { ...connect<DecodeService>(worker), terminate: () => worker.terminate() };
}
