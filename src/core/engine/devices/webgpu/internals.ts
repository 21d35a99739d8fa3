/** The parts of tfjs's WebGPU backend that ours uses, including private ones (4.22.0, its last version). */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '../../tf.ts';
import type { Block } from './arena.ts';

export type Values = tf.backend_util.BackendValues;

export type TensorData = {
  values: Values | null;
  dtype: tf.DataType;
  refCount: number;
  /** A block of ours, or a buffer of tfjs's own: the output of one of its kernels. */
  resource?: Block | GPUBuffer | null;
};

declare class Internals extends tf.KernelBackend {
  constructor(device: GPUDevice, info?: GPUAdapterInfo);
  readonly device: GPUDevice;
  readonly queue: GPUQueue;
  readonly tensorMap: tf.DataStorage<TensorData>;
  readonly bufferManager: {
    acquireBuffer(size: number, usage: number): GPUBuffer;
    releaseBuffer(buffer: GPUBuffer): void;
  };
  /** Data used by recorded, not yet submitted work; tfjs keeps its buffers out of the pool until then. */
  commandQueueOwnedIds: WeakSet<object>;
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: Values): tf.TensorInfo;
  releaseResource(dataId: object): void;
  uploadToGPU(dataId: object): void;
  tensorToBinding(tensor: tf.TensorInfo): GPUBindingResource | null;
  override memory(): { numBytesInGPU: number; numBytesAllocatedInGPU: number; unreliable: boolean };
}

export const Base = WebGPUBackend as unknown as typeof Internals;
