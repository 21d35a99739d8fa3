/** Finds the graphics processor in use, and waits for it. */
import type { GpuBackend } from '../src/core/engine/devices/webgpu/backend.ts';
import * as tf from '../src/core/engine/tf.ts';

/** The webgpu backend in use; null on another device. */
export function gpuBackend(): GpuBackend | null {
  const backend = tf.backend();
  return 'arena' in backend && 'tiles' in backend ? (backend as unknown as GpuBackend) : null;
}

/** Resolves when all submitted work is done. */
export async function settle(): Promise<void> {
  const gpu = gpuBackend();
  gpu?.submit();
  await gpu?.queue.onSubmittedWorkDone();
}
