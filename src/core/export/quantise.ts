/** Weights as 8-bit integers with a scale for each output channel: a quarter of the bytes, for models that are shipped. */
import type { TensorRecord } from '../nn/state.ts';

/** `values` are data / scale of their output channel, the first axis. */
export type Quantised = { shape: number[]; values: Int8Array; scale: Float32Array };

/** The largest magnitude; −128 is not used, so that the range is symmetric. */
const LARGEST = 127;

/** Whether a tensor is worth it: vectors (norms, biases) are few, and a network is sensitive to them. */
export function isQuantisable({ shape }: Pick<TensorRecord, 'shape'>): boolean {
  return shape.length > 1;
}

/**
 * Symmetric, by output channel, to the nearest: each value is off by half its channel's scale at most (Jacob et al. 2018,
 * "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", with zero point 0).
 */
export function quantise({ shape, data }: TensorRecord): Quantised {
  const [channels] = shape;
  const each = data.length / channels;
  const values = new Int8Array(data.length);
  const scale = new Float32Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * each;
    let largest = 0;
    for (let i = start; i < start + each; i++) largest = Math.max(largest, Math.abs(data[i]));
    scale[channel] = largest / LARGEST || 1;
    for (let i = start; i < start + each; i++) values[i] = Math.round(data[i] / scale[channel]);
  }
  return { shape, values, scale };
}

export function dequantise({ shape, values, scale }: Quantised): TensorRecord {
  const each = values.length / scale.length;
  const data = Float32Array.from(values, (value, i) => value * scale[Math.floor(i / each)]);
  return { shape, data };
}
