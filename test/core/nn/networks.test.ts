/** The registry's networks are torchvision's, tensor by tensor. */
import { describe, expect, test } from 'vitest';
import { findNetwork, NETWORKS } from '../../../src/core/nn/index.ts';
import { initialValues } from '../../../src/core/nn/initialise.ts';
import { isTrainable } from '../../../src/core/nn/layer.ts';
import { NETWORK_META, parametersOf } from '../../../src/core/nn/meta.ts';
import { torchShape } from '../../../src/core/nn/state.ts';
import torchvision from '../../golden/engine/torchvision.json' with { type: 'json' };

const size = (shape: number[]) => shape.reduce((product, side) => product * side, 1);

test('each key names one network, and people are told of every one', () => {
  expect(NETWORKS.map(({ meta }) => meta)).toEqual(Object.values(NETWORK_META));
  for (const { meta } of NETWORKS) expect(findNetwork(meta.key, 4)).toMatchObject({ meta, classes: 4 });
});

test('an unknown key is an error for people', () => {
  expect(() => findNetwork('alexnet', 4)).toThrow(expect.objectContaining({ code: 'network-unknown' }));
});

describe.each(NETWORKS.map((architecture) => [architecture.meta.key, architecture] as const))(
  '%s',
  (key, { meta, build }) => {
    const { tensors } = build(4);

    test('has the names and shapes of torchvision, in its order', () => {
      const expected = (torchvision as Record<string, Record<string, number[]>>)[key];
      expect(tensors.map((spec) => [spec.name, torchShape(spec)])).toEqual(Object.entries(expected));
    });

    test.each([2, 4, 6, 12, 64])('has as many parameters as it says, with %i classes', (classes) => {
      const network = build(classes);
      expect(network.classes).toBe(classes);
      const trainable = network.tensors.filter(isTrainable).map(({ shape }) => size(shape));
      expect(trainable.reduce((sum, n) => sum + n, 0)).toBe(parametersOf(meta, classes));
    });

    test.each([2, 6, 12])('has other weights only in its last layer with %i classes', (classes) => {
      const other = build(classes).tensors;
      const shapes = (of: typeof tensors) => of.map((spec) => [spec.name, torchShape(spec)] as const);
      expect(shapes(other).slice(0, -2)).toEqual(shapes(tensors).slice(0, -2));
      expect(
        shapes(other)
          .slice(-2)
          .map(([, [outputs]]) => outputs),
      ).toEqual([classes, classes]);
    });
  },
);

describe('fresh weights', () => {
  const { tensors } = findNetwork('resnet18', 4);
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
