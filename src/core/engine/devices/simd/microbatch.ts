/**
 * How many images are computed at once: bound by the 4 GiB of a WebAssembly memory. The numbers are what
 * `npm run bench -- train` measures as peakBytes for two batch sizes; they don't depend on the machine, because batch
 * normalisation sees one part of a batch at a time and a run must give the same result everywhere.
 */

type Demand = {
  /** Weights, gradients and velocities, and what the allocator loses between them. */
  networkBytes: number;
  /** An image of 224×224: its activations and the gradients alive at once. */
  imageBytes: number;
};

const DEMANDS: Record<string, Demand> = {
  resnet18: { networkBytes: 0.25e9, imageBytes: 20e6 },
  resnet50: { networkBytes: 0.4e9, imageBytes: 90e6 },
  vgg16: { networkBytes: 1.9e9, imageBytes: 120e6 },
  vgg16_bn: { networkBytes: 1.9e9, imageBytes: 200e6 },
};
const UNKNOWN: Demand = { networkBytes: 1.9e9, imageBytes: 200e6 };

/** 4 GiB less what the allocator loses between blocks. */
const BUDGET_BYTES = 3.9e9;
const LARGEST = 128;

export function microBatch(network: string, size: number): number {
  const { networkBytes, imageBytes } = DEMANDS[network] ?? UNKNOWN;
  const fits = Math.floor((BUDGET_BYTES - networkBytes) / (imageBytes * (size / 224) ** 2));
  return Math.max(1, Math.min(LARGEST, fits));
}
