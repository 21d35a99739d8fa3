/** Reads a model file: weights that fit a known network, with all that is needed to use them. The file is untrusted. */
import { findNetwork } from '../nn/index.ts';
import { type ModelState, matchState } from '../nn/state.ts';
import { outputsOf } from '../train/answers.ts';
import { type ModelFacts, modelFacts, unusable } from './modelFacts.ts';
import { type Metadata, readSafetensors } from './safetensors.ts';

export type ModelFile = ModelFacts & { model: ModelState; metadata: Metadata };

/** @throws LabError `model-unusable`, `weights-malformed` or `state-mismatch` */
export function parseModelFile(file: Uint8Array): ModelFile {
  const { model, metadata } = readSafetensors(file);
  const facts = modelFacts(metadata);
  const classes = facts.labelSet.classes.length;
  const wanted = outputsOf(facts, classes);
  const { meta, tensors } = findNetwork(facts.network, wanted);
  // The bias of the last layer has one number for each output.
  const outputs = model.get(tensors.at(-1)!.name)?.data.length ?? wanted;
  if (outputs !== wanted) {
    throw unusable(`It has ${outputs} outputs, but its labels name ${classes} classes.`);
  }
  matchState(tensors, model);
  return { ...facts, network: meta.key, model, metadata };
}
