/**
 * The inverse power law of a learning curve, a − b·n^(−c) (Viering and Loog 2022, The Shape of Learning Curves), by weighted
 * nonlinear least squares in which larger sizes count more (Figueroa et al. 2012, Predicting sample size required for
 * classification performance), and its interval by the delta method.
 */

/** A figure of one run that learned from `n`. */
export type SizePoint = { n: number; value: number };

export type PowerLaw = {
  a: number;
  b: number;
  c: number;
  /** The curve at a size, and half of its 95 % interval: of the curve, not of a single run. */
  at(n: number): { value: number; half: number };
};

/** `few`: of fewer than four sizes; `flat`: figures do not grow with the data; `shapeless`: they follow no power law. */
export type NoLaw = 'few' | 'flat' | 'shapeless';

const FEWEST_SIZES = 4;
/** Exponents that are tried; a best one at the border is no answer. */
const EXPONENTS = { from: 0.02, to: 8, count: 120 } as const;
const PARAMETERS = 3;

export function fitPowerLaw(points: readonly SizePoint[]): PowerLaw | NoLaw {
  const sizes = [...new Set(points.map(({ n }) => n))].sort((x, y) => x - y);
  if (sizes.length < FEWEST_SIZES) return 'few';
  const most = sizes[sizes.length - 1];
  // In parts of the largest size, so that the normal equations keep their digits.
  const data = points.map(({ n, value }) => ({
    x: n / most,
    y: value,
    weight: (sizes.indexOf(n) + 1) / sizes.length,
  }));
  const c = bestExponent(data);
  if (c === null) return 'shapeless';
  const { a, b, sum } = linear(data, c);
  if (b <= 0) return 'flat';
  const gradient = (x: number) => [1, -(x ** -c), b * x ** -c * Math.log(x)];
  const inverse = inverted(normal(data.map(({ x, weight }) => ({ row: gradient(x), weight }))));
  const freedom = points.length - PARAMETERS;
  if (!inverse || freedom < 1) return 'shapeless';
  const variance = sum / freedom;
  return {
    a,
    b: b * most ** c,
    c,
    at: (n) => {
      const row = gradient(n / most);
      const spread = row.reduce(
        (total, left, i) => total + row.reduce((part, right, k) => part + left * inverse[i][k] * right, 0),
        0,
      );
      return {
        value: a - b * (n / most) ** -c,
        half: quantileT(freedom) * Math.sqrt(Math.max(0, variance * spread)),
      };
    },
  };
}

type Datum = { x: number; y: number; weight: number };

/** Least weighted squares: for each exponent the rest is linear, so one number is searched. null: at the border. */
function bestExponent(data: readonly Datum[]): number | null {
  const { from, to, count } = EXPONENTS;
  const at = (i: number) => from * (to / from) ** (i / (count - 1));
  const sums = Array.from({ length: count }, (_, i) => linear(data, at(i)).sum);
  const best = sums.indexOf(Math.min(...sums));
  if (best <= 0 || best === count - 1) return null;
  let [low, high] = [at(best - 1), at(best + 1)];
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 100; i++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (linear(data, left).sum < linear(data, right).sum) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

/** a and b for an exponent, and the weighted sum of squares that is left. */
function linear(data: readonly Datum[], c: number): { a: number; b: number; sum: number } {
  const total = data.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: (datum: Datum) => number) =>
    data.reduce((sum, datum) => sum + datum.weight * of(datum), 0) / total;
  const power = ({ x }: Datum) => x ** -c;
  const [mx, my] = [mean(power), mean(({ y }) => y)];
  const xy = mean((datum) => (power(datum) - mx) * (datum.y - my));
  const b = -xy / mean((datum) => (power(datum) - mx) ** 2);
  const a = my + b * mx;
  return { a, b, sum: total * mean((datum) => (datum.y - a + b * power(datum)) ** 2) };
}

function normal(rows: readonly { row: readonly number[]; weight: number }[]): number[][] {
  return [0, 1, 2].map((i) =>
    [0, 1, 2].map((k) => rows.reduce((sum, { row, weight }) => sum + weight * row[i] * row[k], 0)),
  );
}

/** Of a symmetric 3×3 matrix; null: it has none. */
function inverted(m: readonly (readonly number[])[]): number[][] | null {
  const minor = (i: number, k: number) => {
    const [r0, r1] = [0, 1, 2].filter((row) => row !== i);
    const [c0, c1] = [0, 1, 2].filter((column) => column !== k);
    return (i + k) % 2 === 0
      ? m[r0][c0] * m[r1][c1] - m[r0][c1] * m[r1][c0]
      : m[r0][c1] * m[r1][c0] - m[r0][c0] * m[r1][c1];
  };
  const determinant = [0, 1, 2].reduce((sum, k) => sum + m[0][k] * minor(0, k), 0);
  if (!(Math.abs(determinant) > 1e-14 * m[0][0] * m[1][1] * m[2][2])) return null;
  return [0, 1, 2].map((i) => [0, 1, 2].map((k) => minor(k, i) / determinant));
}

/** The 97.5 % quantile of Student's t with whole degrees of freedom. */
export function quantileT(freedom: number): number {
  let [low, high] = [0, 20];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (within(middle, freedom) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The probability of −t to t (Abramowitz and Stegun 26.7.3 and 26.7.4). */
function within(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= (cosine * cosine * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
