/** The registry of networks: one line per family. */
import { LabError } from '../errors.ts';
import type { Network } from './network.ts';
import { RESNETS } from './resnet.ts';
import { VGGS } from './vgg.ts';

export const NETWORKS: readonly Network[] = [...RESNETS, ...VGGS];

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
