/** A model is written where nothing else computes: the worker that does it opens no device. */
import { expect, test } from 'vitest';
import { trace } from '../../../src/core/onnx/trace.ts';
import { formulaState, narrowNetworks } from '../../builders/networks.ts';

test('a network is traced without a device', async () => {
  const [network] = narrowNetworks(4);
  const { nodes } = await trace(network, formulaState(network.tensors), { size: 32, input: 'images' });
  expect(nodes.length).toBeGreaterThan(10);
  expect(nodes[0].inputs[0]).toBe('images');
});
