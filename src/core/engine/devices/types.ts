/** The types of a compute device and its host. */

export const DEVICE_NAMES = ['webgpu', 'simd', 'reference'] as const;
export type DeviceName = (typeof DEVICE_NAMES)[number];

/** Shown in the status bar and stored with each run. */
export type DeviceInfo = {
  name: DeviceName;
  /** The GPU's name as reported by the browser; null for CPU devices. */
  adapter: string | null;
  threads: number;
  /** One sentence why this device was chosen. */
  reason: string;
};

/** A compute thread: a Worker in a browser, a worker_thread in Node. Runs `runComputeThread` of devices/simd. */
export type ComputeThread = {
  postMessage(message: unknown): void;
  onError(listener: (message: string) => void): void;
  terminate(): void;
};

/** Stores a device's findings about an adapter: figures about the machine, not the data. */
export type DeviceMemory = {
  recall(adapter: string): Promise<string | null>;
  keep(adapter: string, found: string): void;
};

/** The differences between a browser worker and Node. */
export type DeviceHost = {
  /** Starts one compute thread; null if there are no threads. */
  spawnThread: (() => ComputeThread) | null;
  /** Logical cores. */
  cores: number;
  /** True where SharedArrayBuffer may be shared with threads. */
  sharedMemory: boolean;
  /** navigator.gpu or Dawn's; null if there is none. */
  gpu: GPU | null;
  /** A monotonic clock: it paces work, and no result depends on it. */
  nowMs: () => number;
  memory?: DeviceMemory;
};

/** Memory demand of training a network on a device, from `peakBytes` of `npm run bench -- train` at two batch sizes. */
export type MemoryDemand = {
  /** Weights, gradients, velocities and the allocator's fragmentation. */
  networkBytes: number;
  /** One 224×224 image at the peak of a training step: its activations and the live gradients. */
  imageBytes: number;
};

/** The reference device computes too few images for this to matter. */
export type MemoryDemands = Record<Exclude<DeviceName, 'reference'>, MemoryDemand>;

export type Device = {
  info: DeviceInfo;
  /** Largest batch to compute at once for a network with this demand at an input size. */
  microBatch(memory: MemoryDemands, size: number): number;
  dispose(): void;
};
