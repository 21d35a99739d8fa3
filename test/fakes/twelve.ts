/** A label set of twelve classes with long names, and a run on it. */
import type { RunRow } from '../../src/app/state.ts';
import type { SplitEvaluation } from '../../src/core/evaluate/evaluation.ts';
import { evaluateSplit } from '../../src/core/evaluate/split.ts';
import { PROPOSED_COLOURS } from '../../src/core/labels/colours.ts';
import type { LabelSet } from '../../src/core/labels/labelSet.ts';
import { classIds } from '../../src/core/train/labelSetOf.ts';

export const TWELVE: LabelSet = {
  id: 'twelve',
  name: 'Twelve sequences',
  classes: Array.from({ length: 12 }, (_, i) => ({
    id: `sequence-${i + 1}`,
    name: `Sequence number ${i + 1}`,
    description: '',
    colour: PROPOSED_COLOURS[i],
    key: '',
    folders: [],
    dicom: [],
  })),
  merged: {},
};

/** Every class is taken for the next one in one slice of eight. */
export function twelveEvaluation(slices = 960): SplitEvaluation {
  const classes = TWELVE.classes.length;
  const truth = Uint8Array.from({ length: slices }, (_, i) => i % classes);
  const probabilities = new Float32Array(slices * classes).fill(0.01);
  truth.forEach((label, i) => {
    probabilities[i * classes + ((label + Number(Math.floor(i / classes) % 8 === 0)) % classes)] = 0.89;
  });
  return evaluateSplit({ truth, probabilities }, classIds(TWELVE), {
    datasetOf: Uint16Array.from(truth, (_, i) => i % 2),
    datasets: [
      { id: 'a', name: 'One hospital', location: 'head' },
      { id: 'b', name: 'Another hospital', location: 'knee' },
    ],
  })!;
}

export function onTwelve(run: RunRow): RunRow {
  const of = twelveEvaluation();
  return { ...run, labelSet: TWELVE, evaluation: { train: of, validate: of, test: of } };
}
