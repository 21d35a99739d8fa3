/** The registry's networks are torchvision's, tensor by tensor. */
import { describe, expect, test } from 'vitest';
import { findNetwork, NETWORKS } from '../../../src/core/nn/index.ts';
import { initialValues } from '../../../src/core/nn/initialise.ts';
import { isTrainable } from '../../../src/core/nn/layer.ts';
import { NETWORK_META } from '../../../src/core/nn/meta.ts';
import { torchShape } from '../../../src/core/nn/state.ts';
import torchvision from '../../golden/engine/torchvision.json' with { type: 'json' };

const size = (shape: number[]) => shape.reduce((product, side) => product * side, 1);

test('each key names one network, and people are told of every one', () => {
  expect(NETWORKS.map(({ meta }) => meta)).toEqual(Object.values(NETWORK_META));
  for (const network of NETWORKS) expect(findNetwork(network.meta.key)).toBe(network);
});

test('an unknown key is an error for people', () => {
  expect(() => findNetwork('alexnet')).toThrow(expect.objectContaining({ code: 'network-unknown' }));
});

describe.each(NETWORKS.map((network) => [network.meta.key, network] as const))(
  '%s',
  (key, { meta, tensors }) => {
    test('has the names and shapes of torchvision, in its order', () => {
      const expected = (torchvision as Record<string, Record<string, number[]>>)[key];
      expect(tensors.map((spec) => [spec.name, torchShape(spec)])).toEqual(Object.entries(expected));
    });

    test('has as many parameters as it says', () => {
      const trainable = tensors.filter(isTrainable).map(({ shape }) => size(shape));
      expect(trainable.reduce((sum, n) => sum + n, 0)).toBe(meta.parameters);
    });
  },
);

describe('fresh weights', () => {
  const { tensors } = findNetwork('resnet18');
  const values = (name: string, seed = 1) => {
    const index = tensors.findIndex((spec) => spec.name === name);
    return initialValues(tensors[index], seed, index);
  };

  test('convolutions are normal with variance 2 / (out · window²)', () => {
    const filter = values('layer2.0.conv2.weight');
    const meanSquare = filter.reduce((sum, v) => sum + v * v, 0) / filter.length;
    const fourth = filter.reduce((sum, v) => sum + v ** 4, 0) / filter.length;
    expect(meanSquare / (2 / (128 * 9))).toBeCloseTo(1, 1);
    expect(fourth / meanSquare ** 2).toBeCloseTo(3, 1);
  });

  test('the last layer is uniform up to 1 / √in', () => {
    const largest = values('fc.weight').reduce((max, v) => Math.max(max, Math.abs(v)), 0);
    expect(largest).toBeLessThanOrEqual(Math.fround(1 / Math.sqrt(512)));
    expect(largest).toBeGreaterThan(0.98 / Math.sqrt(512));
  });

  test('norms start as the identity', () => {
    expect(new Set(values('bn1.weight'))).toEqual(new Set([1]));
    expect(new Set(values('bn1.bias'))).toEqual(new Set([0]));
    expect(new Set(values('bn1.running_mean'))).toEqual(new Set([0]));
    expect(new Set(values('bn1.running_var'))).toEqual(new Set([1]));
  });

  test('a seed gives the same values again, another seed or tensor others', () => {
    expect(values('layer1.0.conv1.weight')).toEqual(values('layer1.0.conv1.weight'));
    expect(values('layer1.0.conv1.weight')).not.toEqual(values('layer1.0.conv1.weight', 2));
    expect(values('layer1.0.conv1.weight')).not.toEqual(values('layer1.0.conv2.weight'));
  });
});
