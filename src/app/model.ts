/** Reads a model file: weights that fit a known network, with its label set and size. The file is untrusted. */
import { LabError } from '../core/errors.ts';
import { type Calibration, isCalibration } from '../core/evaluate/calibration.ts';
import { readSafetensors } from '../core/export/safetensors.ts';
import { isLabelSet, type LabelSet, labelSetFaults } from '../core/labels/labelSet.ts';
import { DEFAULT_SET } from '../core/labels/sets/index.ts';
import type { ModelState } from '../core/nn/state.ts';
import { classIds } from '../core/train/labelSetOf.ts';
import { presetConfig } from '../core/train/presets.ts';
import type { RunConfig } from '../core/train/run.ts';

/** The largest network has 540 MB. */
const LARGEST_BYTES = 1 << 30;
const SIZES = [64, 128, 224] as const;

export type ReadModel = {
  /** Of a run without epochs. */
  config: RunConfig;
  labelSet: LabelSet;
  model: ModelState;
  /** null: the file has none. */
  calibration: Calibration | null;
};

/** @throws LabError `model-unusable`, `weights-malformed` or `state-mismatch` */
export async function readModel(file: Blob): Promise<ReadModel> {
  if (file.size > LARGEST_BYTES) throw unusable('It is larger than any model of this app.');
  const { model, metadata } = readSafetensors(new Uint8Array(await file.arrayBuffer()));
  const size = SIZES.find((known) => String(known) === metadata.size);
  const labelSet = labelSetIn(metadata);
  if (!size) throw unusable('It does not say which size of images it takes.');
  // Loaded on demand: the networks import the engine, which otherwise only workers load.
  const [{ findNetwork }, { matchState }] = await Promise.all([
    import('../core/nn/index.ts'),
    import('../core/nn/state.ts'),
  ]);
  const classes = labelSet.classes.length;
  const { meta, tensors } = findNetwork(metadata.network ?? '', classes);
  // The bias of the last layer has one number for each output.
  const outputs = model.get(tensors.at(-1)!.name)?.data.length ?? classes;
  if (outputs !== classes) {
    throw unusable(`It has ${outputs} outputs, but its labels name ${classes} classes.`);
  }
  matchState(tensors, model);
  return {
    config: { ...presetConfig('quick'), network: meta.key, inputSize: size, epochs: 0 },
    labelSet,
    model,
    calibration: calibrationIn(metadata),
  };
}

function calibrationIn({ calibration }: Record<string, string>): Calibration | null {
  if (calibration === undefined) return null;
  const value = parsed(calibration);
  if (!isCalibration(value)) throw unusable('Its calibration cannot be used.');
  return value;
}

/** The set that a file carries; one written before files had sets is on the default one. */
function labelSetIn({ labels, labelSet }: Record<string, string>): LabelSet {
  const set = labelSet === undefined ? DEFAULT_SET : parsed(labelSet);
  if (labels === undefined) throw unusable('It does not say what its outputs stand for.');
  if (!isLabelSet(set) || labelSetFaults(set).length > 0) {
    throw unusable('Its label set cannot be used.');
  }
  if (labels !== JSON.stringify(classIds(set))) {
    throw unusable('It does not say what its outputs stand for.');
  }
  return set;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unusable(detail: string): LabError {
  return new LabError(
    'model-unusable',
    `This model cannot be used. ${detail}`,
    'Nothing was loaded.',
    'Choose a file that this app exported as weights.',
  );
}
