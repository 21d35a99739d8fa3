/** How many images are computed at once: bound by the memory that their activations take. */

/** Bytes of activations an image of 224×224 keeps until the backward pass, with their gradients. */
const IMAGE_BYTES: Record<string, number> = {
  resnet18: 40e6,
  resnet50: 160e6,
  vgg16: 130e6,
  vgg16_bn: 230e6,
};
/** Weights, gradients and velocities. */
const NETWORK_BYTES: Record<string, number> = {
  resnet18: 0.2e9,
  resnet50: 0.4e9,
  vgg16: 2e9,
  vgg16_bn: 2e9,
};
/** Of the 4 GiB of a WebAssembly memory, what activations may take beside the weights. */
const BUDGET_BYTES = 3.2e9;
const LARGEST = 64;

export function microBatch(network: string, size: number): number {
  const image = (IMAGE_BYTES[network] ?? 200e6) * (size / 224) ** 2;
  const fits = Math.floor((BUDGET_BYTES - (NETWORK_BYTES[network] ?? 1e9)) / image);
  return Math.max(1, Math.min(LARGEST, fits));
}
