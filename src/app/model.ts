/** Reads a model file: weights that fit a known network, with labels and size. The file is untrusted. */
import { LabError } from '../core/errors.ts';
import { readSafetensors } from '../core/export/safetensors.ts';
import type { ModelState } from '../core/nn/state.ts';
import { presetConfig } from '../core/train/presets.ts';
import type { RunConfig } from '../core/train/run.ts';
import { MODALITIES } from '../core/types.ts';

/** The largest network has 540 MB. */
const LARGEST_BYTES = 1 << 30;
const SIZES = [64, 128, 224] as const;

/** Its run has no epochs. */
export async function readModel(file: Blob): Promise<{ config: RunConfig; model: ModelState }> {
  if (file.size > LARGEST_BYTES) throw unusable('It is larger than any model of this app.');
  const { model, metadata } = readSafetensors(new Uint8Array(await file.arrayBuffer()));
  const size = SIZES.find((known) => String(known) === metadata.size);
  if (metadata.labels !== JSON.stringify(MODALITIES))
    throw unusable('It does not say what its outputs stand for.');
  if (!size) throw unusable('It does not say which size of images it takes.');
  // Loaded on demand: the networks import the engine, which otherwise only workers load.
  const [{ findNetwork }, { matchState }] = await Promise.all([
    import('../core/nn/index.ts'),
    import('../core/nn/state.ts'),
  ]);
  const network = findNetwork(metadata.network ?? '');
  matchState(network.tensors, model);
  return {
    config: { ...presetConfig('quick'), network: network.meta.key, inputSize: size, epochs: 0 },
    model,
  };
}

function unusable(detail: string): LabError {
  return new LabError(
    'model-unusable',
    `This model cannot be used. ${detail}`,
    'Nothing was loaded.',
    'Choose a file that this app exported as weights.',
  );
}
