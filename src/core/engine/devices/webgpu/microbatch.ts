/** How many images are computed at once: bound by the memory that their activations take. */

/** Bytes an image of 224×224 needs at the height of a training step. */
const IMAGE_BYTES: Record<string, number> = {
  resnet18: 22e6,
  resnet50: 92e6,
  vgg16: 70e6,
  vgg16_bn: 121e6,
};
/** Weights, velocities and gradients. */
const NETWORK_BYTES: Record<string, number> = {
  resnet18: 0.1e9,
  resnet50: 0.2e9,
  vgg16: 1.6e9,
  vgg16_bn: 1.6e9,
};
/** WebGPU doesn't tell how much memory there is. Fragments come on top: the arena then holds 3.5 GiB. */
const BUDGET_BYTES = 3e9;
/** The largest activation of an image of 224×224 in any network: [224, 224, 64]. */
const LARGEST_BYTES = 224 * 224 * 64 * 4;

type Limits = Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>;

export function microBatch(network: string, size: number, limits: Limits): number {
  const scale = (size / 224) ** 2;
  const image = (IMAGE_BYTES[network] ?? 121e6) * scale;
  const fits = (BUDGET_BYTES - (NETWORK_BYTES[network] ?? 1.6e9)) / image;
  const largest = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
  return Math.max(1, Math.floor(Math.min(fits, largest / (LARGEST_BYTES * scale))));
}
