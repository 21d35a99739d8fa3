/** What pixels and DICOM tag say together, by Bayes’ rule. */

/** Share of tags that name a wrong class, where the user says nothing else: a wrong Modality is rare, but not unheard of. */
export const TAG_ERROR_RATE = 0.01;

/**
 * The probabilities of the classes, given those from the pixels (with equal priors) and the class that the tag names. A wrong
 * tag names each other class equally often.
 * @param tag index of a class
 * @param errorRate above 0, below 1
 */
export function withTag(
  probabilities: ArrayLike<number>,
  tag: number,
  errorRate: number = TAG_ERROR_RATE,
): number[] {
  const wrong = errorRate / Math.max(1, probabilities.length - 1);
  const joint = Array.from(probabilities, (p, k) => p * (k === tag ? 1 - errorRate : wrong));
  const sum = joint.reduce((total, value) => total + value, 0);
  return joint.map((value) => value / sum);
}

/** The probability that the tag is wrong, given the pixels. */
export function wrongTag(probabilities: ArrayLike<number>, tag: number, errorRate?: number): number {
  return 1 - withTag(probabilities, tag, errorRate)[tag];
}
