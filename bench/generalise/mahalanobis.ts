/** How far features lie from the nearest class, measured by how learned features spread around their class (Lee 2018). Pure. */

/** Of the pooled covariance, so much is replaced by an even one: there are hardly more learned slices than features. */
const SHRINKAGE = 0.1;

/**
 * The negative squared distance to the nearest of the class means: higher is more known.
 * @param learnedOf how many of the learned features are of each class, in this order
 */
export function mahalanobis(
  learned: Float32Array,
  { learnedOf, width }: { learnedOf: readonly number[]; width: number },
): (features: Float32Array) => Float32Array {
  const classOf = learnedOf.flatMap((count, k) => new Array<number>(count).fill(k));
  const means = learnedOf.map(() => new Float64Array(width));
  classOf.forEach((k, row) => {
    for (let i = 0; i < width; i++) means[k][i] += learned[row * width + i] / learnedOf[k];
  });
  const own = classOf.map((k) => means[k]);
  const factor = cholesky(shrunk(covariance(learned, own, width), width), width);
  return (features) =>
    Float32Array.from({ length: features.length / width }, (_, row) => {
      const asked = features.subarray(row * width, (row + 1) * width);
      return -Math.min(...means.map((mean) => squaredLength(factor, asked, mean, width)));
    });
}

/** Around the mean of each one's own class. */
function covariance(learned: Float32Array, own: readonly Float64Array[], width: number): Float64Array {
  const result = new Float64Array(width * width);
  const away = new Float64Array(width);
  own.forEach((mean, row) => {
    for (let i = 0; i < width; i++) away[i] = learned[row * width + i] - mean[i];
    for (let i = 0; i < width; i++)
      for (let j = 0; j <= i; j++) result[i * width + j] += (away[i] * away[j]) / own.length;
  });
  return result;
}

function shrunk(matrix: Float64Array, width: number): Float64Array {
  let even = 0;
  for (let i = 0; i < width; i++) even += matrix[i * width + i] / width;
  return matrix.map(
    (value, at) => (1 - SHRINKAGE) * value + (at % (width + 1) === 0 ? SHRINKAGE * even + 1e-12 : 0),
  );
}

/** The lower triangle L with L·Lᵀ as the matrix, of which only the lower triangle is read. */
function cholesky(matrix: Float64Array, width: number): Float64Array {
  const lower = new Float64Array(width * width);
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * width + j];
      for (let k = 0; k < j; k++) sum -= lower[i * width + k] * lower[j * width + k];
      lower[i * width + j] = i === j ? Math.sqrt(sum) : sum / lower[j * width + j];
    }
  return lower;
}

/** Of the difference, in units of its spread: |L⁻¹·(a − b)|². */
function squaredLength(lower: Float64Array, a: Float32Array, b: Float64Array, width: number): number {
  const solved = new Float64Array(width);
  let length = 0;
  for (let i = 0; i < width; i++) {
    let sum = a[i] - b[i];
    for (let k = 0; k < i; k++) sum -= lower[i * width + k] * solved[k];
    solved[i] = sum / lower[i * width + i];
    length += solved[i] ** 2;
  }
  return length;
}
