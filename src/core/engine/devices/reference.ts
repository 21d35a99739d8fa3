/** The reference device: plain tfjs ops on tfjs's CPU backend. Correct, and far too slow to train with. */
import { registerKernels } from '../ops/index.ts';
import * as tf from '../tf.ts';
import type { Device } from './types.ts';

export async function openReference(): Promise<Device> {
  registerKernels('cpu', {});
  await tf.setBackend('cpu');
  return {
    info: { name: 'reference', adapter: null, threads: 1, reason: 'For checking the other devices.' },
    microBatch: () => 8,
    dispose() {},
  };
}
