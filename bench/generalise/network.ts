/** The networks of the study: the product's, the smallest by a name of its own for plans that compare much in little time. */
import { findNetwork } from '../../src/core/nn/index.ts';
import { NETWORK_META } from '../../src/core/nn/meta.ts';
import type { Network } from '../../src/core/nn/network.ts';

/** Finished cells know it by this name. */
export const SLIM = 'slim';

export function studyNetwork(name: string, classes: number): Network {
  return findNetwork(name === SLIM ? NETWORK_META.resnet10Half.key : name, classes);
}
