/**
 * Several voices as one: the logarithmic pool, p ∝ Π p_v^w_v (Genest and Zidek, Statistical Science 1, 1986), with the weights
 * that make the given labels most probable (stacking, Wolpert 1992). A voice that knows little gets little weight.
 */

/** Per item, classes natural logarithms; null: the voice has said nothing of it. */
export type Voice = readonly (Float64Array | null)[];

/** Newton's steps; the loss is convex and has as many parameters as voices. */
const STEPS = 30;
/** Weights that change by less have converged. */
const SETTLED = 1e-4;
/** Keeps the weights finite where the voices are never wrong. */
const RIDGE = 1e-3;
/** With fewer labels to learn from, every voice has the weight 1. */
const LEAST_ITEMS = 50;

/**
 * One weight a voice, each at least 0.
 * @param label indices of classes; items with another label, or about which a voice is silent, are not learned from
 */
export function poolWeights(
  voices: readonly Voice[],
  label: ArrayLike<number>,
  classes: number,
): Float64Array {
  const weights = new Float64Array(voices.length).fill(1);
  const items = Array.from({ length: label.length }, (_, i) => i).filter(
    (i) => label[i] < classes && voices.every((voice) => voice[i]),
  );
  if (items.length < LEAST_ITEMS) return weights;
  for (let step = 0; step < STEPS; step++) {
    const before = weights.slice();
    for (const v of weights.keys()) {
      // One voice at a time: with two or three this converges in a few rounds.
      let [slope, curve] = [RIDGE * (weights[v] - 1), RIDGE];
      for (const i of items) {
        const p = pooled(voices, weights, i, classes)!;
        const said = voices[v][i]!;
        let [mean, square] = [0, 0];
        for (let c = 0; c < classes; c++) {
          mean += p[c] * said[c];
          square += p[c] * said[c] ** 2;
        }
        slope += (mean - said[label[i]]) / items.length;
        curve += (square - mean ** 2) / items.length;
      }
      weights[v] = Math.max(0, weights[v] - Math.max(-1, Math.min(1, slope / curve)));
    }
    if (weights.every((weight, v) => Math.abs(weight - before[v]) < SETTLED)) break;
  }
  return weights;
}

/** The pooled probabilities of an item; null if all voices are silent. */
export function pooled(
  voices: readonly Voice[],
  weights: ArrayLike<number>,
  item: number,
  classes: number,
): Float64Array | null {
  if (voices.every((voice) => !voice[item])) return null;
  const logs = new Float64Array(classes);
  voices.forEach((voice, v) => {
    for (let c = 0; c < classes; c++) logs[c] += weights[v] * (voice[item]?.[c] ?? 0);
  });
  const most = Math.max(...logs);
  const powers = logs.map((log) => Math.exp(log - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
