/** The registry of networks: one line per family. */
import { LabError } from '../errors.ts';
import type { Architecture, Network } from './network.ts';
import { RESNETS } from './resnet.ts';
import { VGGS } from './vgg.ts';

export const NETWORKS: readonly Architecture[] = [...RESNETS, ...VGGS];

/** The network of that name with one output for each of `classes`. */
export function findNetwork(key: string, classes: number): Network {
  const found = NETWORKS.find(({ meta }) => meta.key === key);
  if (found) return found.build(classes);
  throw new LabError(
    'network-unknown',
    'This version of the app has no network of that name.',
    'Nothing was changed.',
    'Choose one of the listed networks.',
  );
}
