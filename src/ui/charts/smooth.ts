/** The smoothed line over the faint raw one. */

/**
 * Exponential moving average, corrected for its start as TensorBoard's is, so that the first values are not
 * drawn towards zero.
 * @param weight of the past, 0 (raw) to below 1
 */
export function smooth(values: readonly number[], weight: number): number[] {
  let average = 0;
  let total = 0;
  return values.map((value) => {
    average = weight * average + (1 - weight) * value;
    total = weight * total + (1 - weight);
    return average / total;
  });
}
