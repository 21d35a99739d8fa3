/** What a compute device is, and what its host has to supply. */

export const DEVICE_NAMES = ['webgpu', 'simd', 'reference'] as const;
export type DeviceName = (typeof DEVICE_NAMES)[number];

/** Shown in the status bar and stored with each run. */
export type DeviceInfo = {
  name: DeviceName;
  /** The GPU's name as the browser tells it; null for CPU devices. */
  adapter: string | null;
  threads: number;
  /** One sentence: why this device. */
  reason: string;
};

/** A compute thread: a Worker in a browser, a worker_thread in Node. Runs `runComputeThread` of devices/simd. */
export type ComputeThread = {
  postMessage(message: unknown): void;
  onError(listener: (message: string) => void): void;
  terminate(): void;
};

/** Keeps what a device found out about an adapter: figures about the machine, nothing of the data. */
export type DeviceMemory = {
  recall(adapter: string): Promise<string | null>;
  keep(adapter: string, found: string): void;
};

/** What differs between a browser's worker and Node. */
export type DeviceHost = {
  /** Starts one compute thread; null where there are none. */
  spawnThread: (() => ComputeThread) | null;
  /** Logical cores. */
  cores: number;
  /** True where SharedArrayBuffer may be shared with threads. */
  sharedMemory: boolean;
  /** navigator.gpu or Dawn's; null where there is none. */
  gpu: GPU | null;
  /** A clock that only rises: it paces work, and no result depends on it. */
  nowMs: () => number;
  memory?: DeviceMemory;
};

/** What training a network takes of a device's memory: `peakBytes` of `npm run bench -- train` for two batch sizes. */
export type MemoryDemand = {
  /** Weights, gradients and velocities, and what the allocator loses between them. */
  networkBytes: number;
  /** An image of 224×224 at the height of a training step: its activations and the gradients alive at once. */
  imageBytes: number;
};

/** The reference device computes images that are too few to matter. */
export type MemoryDemands = Record<Exclude<DeviceName, 'reference'>, MemoryDemand>;

export type Device = {
  info: DeviceInfo;
  /** Largest batch to compute at once for a network of such demands at a size. */
  microBatch(memory: MemoryDemands, size: number): number;
  dispose(): void;
};
