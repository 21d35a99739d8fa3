/** Presets have a learning rate that suits the network. */
import { describe, expect, test } from 'vitest';
import { presetConfig, withNetwork } from '../../../src/core/train/presets.ts';

describe('a network without batch normalisation', () => {
  test('learns at a tenth of our presets’ rate, as in torchvision’s recipes', () => {
    expect(presetConfig('quick', 1, 'resnet50').learningRate).toBe(0.02);
    expect(presetConfig('quick', 1, 'vgg16').learningRate).toBe(0.002);
    expect(presetConfig('quick', 1, 'vgg16_bn').learningRate).toBe(0.02);
  });

  test('learns at the paper’s own rate with the paper’s presets', () => {
    expect(presetConfig('paper', 1, 'vgg16').learningRate).toBe(0.1);
    expect(presetConfig('paper-code', 1, 'vgg16').learningRate).toBe(0.01);
  });
});

describe('with another network', () => {
  test('the rate of a preset changes along, and back', () => {
    const quick = presetConfig('quick', 7);
    const vgg = withNetwork(quick, 'vgg16');
    expect(vgg).toEqual(presetConfig('quick', 7, 'vgg16'));
    expect(withNetwork(vgg, 'resnet18')).toEqual(quick);
  });

  test('a rate of one’s own stays', () => {
    const own = { ...presetConfig('quick'), learningRate: 0.005 };
    expect(withNetwork(own, 'vgg16').learningRate).toBe(0.005);
  });
});
