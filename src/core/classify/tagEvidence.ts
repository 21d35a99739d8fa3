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

/**
 * The same with "none of the classes" as one hypothesis more. Such a picture names a class as often as a tag is wrong, and each
 * class equally often.
 * @param none the probability that it is none, by the pixels alone
 * @param tag index of a class; below 0: no tag
 * @returns the probability of each class, and of none
 */
export function withTagOrNone(
  probabilities: ArrayLike<number>,
  none: number,
  tag: number,
  errorRate: number = TAG_ERROR_RATE,
): { classes: number[]; none: number } {
  const classes = Array.from(probabilities, (p) => p * (1 - none));
  if (tag < 0) return { classes, none };
  const wrong = errorRate / Math.max(1, classes.length - 1);
  const joint = classes.map((p, k) => p * (k === tag ? 1 - errorRate : wrong));
  const stranger = none * (errorRate / classes.length);
  const sum = joint.reduce((total, value) => total + value, stranger);
  return { classes: joint.map((value) => value / sum), none: stranger / sum };
}

/** The probability that the tag is wrong, given the pixels. */
export function wrongTag(probabilities: ArrayLike<number>, tag: number, errorRate?: number): number {
  return 1 - withTag(probabilities, tag, errorRate)[tag];
}
