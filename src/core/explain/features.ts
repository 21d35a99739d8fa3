/** Feature maps after each stage of a network, and the classifier's answers after the blocks of the last stage. */
import * as tf from '../engine/tf.ts';
import type { Model } from '../nn/model.ts';
import type { Probabilities } from '../types.ts';
import { softmax } from './softmax.ts';

/** Number of maps shown per stage. */
export const MAPS_SHOWN = 16;

export type StageMaps = {
  label: string;
  /** Number of maps in the stage. */
  channels: number;
  rows: number;
  columns: number;
  /** Mean activation over all maps, and the share of values above zero. */
  mean: number;
  active: number;
  /** Maps with the largest mean, largest first: their indices, and rows·columns bytes of each, one after the other. */
  shown: number[];
  /** 255 is the largest value of the maps shown. */
  maps: Uint8Array;
};

/** The answer of the network's classifier for a block's maps. */
export type StageAnswer = { module: string; probabilities: Probabilities };

export type Inside = {
  stages: StageMaps[];
  /**
   * One per block of the last stage, in order; the last one is the network's answer. Maps of earlier stages have
   * another number of channels, which the classifier can't read.
   */
  readings: StageAnswer[];
};

/** @param makeImage one image [1,S,S,1] on the device */
export async function lookInside(model: Model, makeImage: () => tf.Tensor4D): Promise<Inside> {
  const { network, evaluation } = model;
  const stages: StageMaps[] = [];
  const readings: StageAnswer[] = [];
  /** Tensors still to be read; freed in any case. */
  const kept: tf.Tensor[] = [];
  let x = tf.tidy(makeImage);
  try {
    for (const [index, { label, blocks }] of network.stages.entries()) {
      const last = index === network.stages.length - 1;
      const outputs: { module: string; output: tf.Tensor4D }[] = [];
      for (const { module, layer } of blocks) {
        const from = x;
        x = tf.tidy(() => layer.forward(from, evaluation));
        if (!last || outputs.length === 0) from.dispose();
        if (!last) continue;
        outputs.push({ module, output: x });
        kept.push(x);
      }
      stages.push(await mapsOf(x, label));
      const channels = x.shape[3];
      for (const { module, output } of outputs) {
        if (output.shape[3] === channels) {
          const logits = tf.tidy(() => network.classify(output, evaluation));
          readings.push({ module, probabilities: softmax((await logits.data()) as Float32Array) });
          logits.dispose();
        }
      }
    }
  } finally {
    tf.dispose([x, kept]);
  }
  return { stages, readings };
}

async function mapsOf(x: tf.Tensor4D, label: string): Promise<StageMaps> {
  const [, rows, columns, channels] = x.shape;
  return { label, ...strongest((await x.data()) as Float32Array, rows, columns, channels) };
}

/** @param values [rows, columns, channels] */
export function strongest(
  values: Float32Array,
  rows: number,
  columns: number,
  channels: number,
): Omit<StageMaps, 'label'> {
  const sums = new Float64Array(channels);
  let above = 0;
  for (let i = 0; i < values.length; i++) {
    sums[i % channels] += values[i];
    if (values[i] > 0) above++;
  }
  const shown = Array.from(sums.keys())
    .sort((a, b) => sums[b] - sums[a] || a - b)
    .slice(0, MAPS_SHOWN);
  const cells = rows * columns;
  let largest = 0;
  for (const channel of shown) {
    for (let cell = 0; cell < cells; cell++) largest = Math.max(largest, values[cell * channels + channel]);
  }
  const maps = new Uint8Array(shown.length * cells);
  shown.forEach((channel, i) => {
    for (let cell = 0; cell < cells; cell++) {
      maps[i * cells + cell] = (255 * values[cell * channels + channel]) / (largest || 1) + 0.5;
    }
  });
  return {
    channels,
    rows,
    columns,
    mean: sums.reduce((a, b) => a + b, 0) / values.length,
    active: above / values.length,
    shown,
    maps,
  };
}
