/**
 * What a network answers of pictures. One that learned from made-up pictures, too, has one output more than there are classes:
 * "none of them".
 */
import type { RunConfig } from './run.ts';

export type Answers = {
  /** n×K, each row sums to 1. */
  probabilities: Float32Array;
  /**
   * The log odds of "none of them" for each picture; larger is stranger (evaluate/unknown.ts). null: the network has no such
   * output.
   */
  strangeness: Float32Array | null;
};

/** float32's resolution at 1, as in the log loss. */
const LEAST_PROBABILITY = 2 ** -23;

export function hasNone({ outliers }: Pick<RunConfig, 'outliers'>): boolean {
  return (outliers ?? 0) > 0;
}

/** Outputs of a run's network. */
export function outputsOf(config: Pick<RunConfig, 'outliers'>, classes: number): number {
  return classes + Number(hasNone(config));
}

/**
 * The probabilities of the classes, given that it is one of them, and beside them those of none.
 * @param outputs n rows of a softmax; with `none`, the last of each is that of none
 */
export function answersOf(outputs: Float32Array, n: number, none: boolean): Answers {
  if (!none || n === 0) return { probabilities: outputs, strangeness: none ? new Float32Array(0) : null };
  const width = outputs.length / n;
  const classes = width - 1;
  const probabilities = new Float32Array(n * classes);
  const strangeness = new Float32Array(n);
  for (let row = 0; row < n; row++) {
    const known = outputs.subarray(row * width, row * width + classes);
    const sum = Math.max(
      LEAST_PROBABILITY,
      known.reduce((total, p) => total + p, 0),
    );
    for (let k = 0; k < classes; k++) probabilities[row * classes + k] = known[k] / sum;
    strangeness[row] = Math.log(Math.max(LEAST_PROBABILITY, outputs[row * width + classes]) / sum);
  }
  return { probabilities, strangeness };
}
