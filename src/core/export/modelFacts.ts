/** What a model file says of itself, checked: the file is untrusted. */
import { LabError } from '../errors.ts';
import { type Calibration, isCalibration } from '../evaluate/calibration.ts';
import { isLabelSet, type LabelSet, labelSetFaults } from '../labels/labelSet.ts';
import { DEFAULT_SET } from '../labels/sets/index.ts';
import { classIds } from '../train/labelSetOf.ts';
import { INPUT_SIZES, type InputSize } from '../train/run.ts';
import type { Metadata } from './safetensors.ts';

export type ModelFacts = {
  /** Key of a network, not yet checked. */
  network: string;
  inputSize: InputSize;
  labelSet: LabelSet;
  /** null: the file has none. */
  calibration: Calibration | null;
  /** See RunConfig: 0 if it has no output for pictures of no class. */
  outliers: number;
};

/** @throws LabError `model-unusable` */
export function modelFacts(metadata: Metadata): ModelFacts {
  const labelSet = labelSetIn(metadata);
  const inputSize = INPUT_SIZES.find((known) => String(known) === metadata.size);
  if (!inputSize) throw unusable('It does not say which size of images it takes.');
  const { network = '', calibration, outliers } = metadata;
  return {
    network,
    inputSize,
    labelSet,
    calibration: partIn(calibration, isCalibration, 'Its calibration cannot be used.'),
    outliers: partIn(outliers, isShare, 'Its share of made-up pictures cannot be used.') ?? 0,
  };
}

function partIn<T>(
  text: string | undefined,
  isPart: (value: unknown) => value is T,
  fault: string,
): T | null {
  if (text === undefined) return null;
  const value = parsed(text);
  if (!isPart(value)) throw unusable(fault);
  return value;
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < 1;
}

/** The set that a file carries; one written before files had sets is on the default one. */
function labelSetIn({ labels, labelSet }: Metadata): LabelSet {
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

export function unusable(detail: string): LabError {
  return new LabError(
    'model-unusable',
    `This model cannot be used. ${detail}`,
    'Nothing was loaded.',
    'Choose a file that this app exported as weights.',
  );
}
