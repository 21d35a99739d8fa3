/** A model for other programs, written by a worker that ends with it: its memory is that of the weights several times. */
import type { OnnxService } from '../core/onnx/contract.ts';
import { move } from '../core/rpc.ts';
import { onnxWorker, type WorkerHandle } from './workers.ts';

/** @param weights a safetensors file; it moves into the worker */
export async function onnxOf(
  weights: Uint8Array<ArrayBuffer>,
  worker: WorkerHandle<OnnxService> = onnxWorker,
): Promise<Blob> {
  try {
    return await worker.call.toOnnx(move(weights, [weights.buffer]));
  } finally {
    worker.end();
  }
}
