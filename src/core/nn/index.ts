/** The registry of networks: one line each. */
import { LabError } from '../errors.ts';
import type { Network } from './network.ts';
import { resnet18, resnet50 } from './resnet.ts';
import { vgg16, vgg16Bn } from './vgg.ts';

export const NETWORKS: readonly Network[] = [resnet18, resnet50, vgg16, vgg16Bn];

export function findNetwork(key: string): Network {
  const network = NETWORKS.find(({ meta }) => meta.key === key);
  if (network) return network;
  throw new LabError(
    'network-unknown',
    'This version of the app has no network of that name.',
    'Nothing was changed.',
    'Choose one of the listed networks.',
  );
}
