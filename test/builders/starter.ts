/** A starter's file with any weights: what the app needs to find one, not what makes it good. */
import { writeSafetensors } from '../../src/core/export/safetensors.ts';
import type { LabelSet } from '../../src/core/labels/labelSet.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { findNetwork } from '../../src/core/nn/index.ts';
import type { TensorSpec } from '../../src/core/nn/layer.ts';
import { type ModelState, toTorch } from '../../src/core/nn/state.ts';
import { outputsOf } from '../../src/core/train/answers.ts';
import { classIds } from '../../src/core/train/labelSetOf.ts';

export function starterFile(
  metadata: Record<string, string> = {},
  labelSet: LabelSet = DEFAULT_SET,
): Uint8Array<ArrayBuffer> {
  const outliers = Number(metadata.outliers ?? 0);
  const { tensors } = findNetwork('resnet18', outputsOf({ outliers }, labelSet.classes.length));
  const model: ModelState = new Map(
    tensors.map((spec, index) => [spec.name, toTorch(spec, anyValues(spec, index))]),
  );
  const facts = {
    network: 'resnet18',
    size: '64',
    labels: JSON.stringify(classIds(labelSet)),
    labelSet: JSON.stringify(labelSet),
  };
  return writeSafetensors({ model, metadata: { ...facts, ...metadata } }, 8);
}

/** Quickly made: there are eleven million. */
function anyValues({ shape, initial }: TensorSpec, index: number): Float32Array {
  const values = new Float32Array(shape.reduce((size, side) => size * side, 1));
  if ('constant' in initial) return values.fill(initial.constant);
  for (let i = 0; i < values.length; i++)
    values[i] = (((i * 7919 + index * 104_729) % 2003) / 2003 - 0.5) / 10;
  return values;
}
