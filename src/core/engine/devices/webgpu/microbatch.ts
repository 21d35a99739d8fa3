/** How many images are computed at once: bound by the memory that their activations take. */

/** Bytes an image of 224×224 needs at the height of a training step. */
const IMAGE_BYTES: Record<string, number> = {
  resnet18: 24e6,
  resnet50: 90e6,
  vgg16: 110e6,
  vgg16_bn: 220e6,
};
/** Weights, gradients and velocities. */
const NETWORK_BYTES: Record<string, number> = {
  resnet18: 0.2e9,
  resnet50: 0.4e9,
  vgg16: 2.2e9,
  vgg16_bn: 2.2e9,
};
/** WebGPU doesn't tell how much memory there is. */
const BUDGET_BYTES = 3.5 * 2 ** 30;
/** The largest activation of an image of 224×224, in any network: [224, 224, 64]. */
const LARGEST_BYTES = 224 * 224 * 64 * 4;

type Limits = Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>;

export function microBatch(network: string, size: number, limits: Limits): number {
  const scale = (size / 224) ** 2;
  const fits = (BUDGET_BYTES - (NETWORK_BYTES[network] ?? 2.2e9)) / ((IMAGE_BYTES[network] ?? 220e6) * scale);
  const largest = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
  return Math.max(1, Math.floor(Math.min(fits, largest / (LARGEST_BYTES * scale))));
}
