/** Reads a model file that the user chose as a run without epochs. The file is untrusted. */
import { type ModelFacts, unusable } from '../core/export/modelFacts.ts';
import type { ModelState } from '../core/nn/state.ts';
import { presetConfig } from '../core/train/presets.ts';
import type { RunConfig } from '../core/train/run.ts';

/** The largest network has 540 MB. */
const LARGEST_BYTES = 1 << 30;

export type ReadModel = Pick<ModelFacts, 'labelSet' | 'calibration'> & {
  /** Of a run without epochs. */
  config: RunConfig;
  model: ModelState;
};

/** @throws LabError `model-unusable`, `weights-malformed` or `state-mismatch` */
export async function readModel(file: Blob): Promise<ReadModel> {
  if (file.size > LARGEST_BYTES) throw unusable('It is larger than any model of this app.');
  // Loaded on demand: the networks import the engine, which otherwise only workers load.
  const { parseModelFile } = await import('../core/export/modelFile.ts');
  const { network, inputSize, outliers, labelSet, model, calibration } = parseModelFile(
    new Uint8Array(await file.arrayBuffer()),
  );
  return {
    config: { ...presetConfig('quick'), network, inputSize, outliers, epochs: 0 },
    labelSet,
    model,
    calibration,
  };
}
