/** The error of a training that diverged. */
import { LabError } from '../errors.ts';

/** @param step counted from 1 */
export function notFinite(step: number): LabError {
  return new LabError(
    'loss-not-finite',
    `The loss stopped being a number at step ${step}.`,
    'Training ended there; the model as it was last saved is kept.',
    'Start a new run with a lower learning rate.',
  );
}
