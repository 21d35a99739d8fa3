/** The networks of the study: the product's, and a slim one for plans that compare much in little time. */
import { findNetwork } from '../../src/core/nn/index.ts';
import { NETWORK_META } from '../../src/core/nn/meta.ts';
import type { Network } from '../../src/core/nn/network.ts';
import { resnet } from '../../src/core/nn/resnet.ts';

/** One block a stage and half of ResNet-18's channels: about a sixth of its time. */
export const SLIM = 'slim';

export function studyNetwork(name: string, classes: number): Network {
  if (name !== SLIM) return findNetwork(name, classes);
  return resnet(NETWORK_META.resnet18, { block: 'basic', depths: [1, 1, 1, 1], width: 32 }, classes);
}
