/** How well a score tells pictures of no class from held-out slices. Higher scores are more known. Pure. */
import { mahalanobis } from './mahalanobis.ts';
import { deviation, mean } from './measures.ts';

export type StrangerInput = {
  classes: number;
  /** Held-out slices, and pictures of no class. */
  logits: Float32Array;
  features: Float32Array;
  unknownLogits: Float32Array;
  unknownFeatures: Float32Array;
  /** Of slices that the network learned from. */
  learnedFeatures: Float32Array;
  /** How many of those are of each class, in this order. */
  learnedOf: readonly number[];
  /** The logits of "no class" of both; empty where the network has none. */
  none: Float32Array;
  unknownNone: Float32Array;
  /** Numbers of a slice's features. */
  width: number;
};

/** `falsely`: the share of the pictures that are called known by the threshold that 95 % of the known slices pass. */
export type Stranger = { score: string; auroc: number; falsely: number };

const COVERAGE = 0.95;
const NEIGHBOURS = 5;

export function strangersOf(input: StrangerInput): Stranger[] {
  const { classes, width } = input;
  const nearest = nearness(input.learnedFeatures, width);
  const distance = mahalanobis(input.learnedFeatures, input);
  const energy: Pair = [energies(input.logits, classes), energies(input.unknownLogits, classes)];
  const far: Pair = [distance(input.features), distance(input.unknownFeatures)];
  const none: Pair = [lessThan(energy[0], input.none), lessThan(energy[1], input.unknownNone)];
  const pairs: readonly (readonly [string, Pair])[] = [
    ['probability', [largest(input.logits, classes), largest(input.unknownLogits, classes)]],
    ['energy', energy],
    ['neighbours', [nearest(input.features), nearest(input.unknownFeatures)]],
    ['Mahalanobis', far],
    ...(input.none.length === 0
      ? []
      : ([
          ['no class', none],
          ['no class + energy', together(none, energy)],
          ['no class + Mahalanobis', together(none, far)],
        ] as const)),
  ];
  return pairs.map(([score, [known, unknown]]) => ({
    score,
    auroc: areaOf(known, unknown),
    falsely: falselyKnown(known, unknown),
  }));
}

/** A score of the known and of the unknown ones. */
type Pair = readonly [known: Float32Array, unknown: Float32Array];

/** The sum of two scores, each in units of its spread over the known ones. */
function together(a: Pair, b: Pair): Pair {
  const [x, y] = [a, b].map(([known, unknown]) => {
    const [centre, spread] = [mean([...known]), deviation([...known]) || 1];
    return [known, unknown].map((values) => values.map((value) => (value - centre) / spread));
  });
  return [0, 1].map((side) => x[side].map((value, i) => value + y[side][i])) as unknown as Pair;
}

/** Share of pairs in which the known one has the higher score; ties count half. */
export function areaOf(known: Float32Array, unknown: Float32Array): number {
  const sorted = known.toSorted();
  let wins = 0;
  for (const score of unknown) wins += sorted.length - (below(sorted, score) + upTo(sorted, score)) / 2;
  return wins / (known.length * unknown.length);
}

export function falselyKnown(known: Float32Array, unknown: Float32Array): number {
  const threshold = known.toSorted()[Math.floor((1 - COVERAGE) * known.length)];
  return mean(Array.from(unknown, (score) => Number(score >= threshold)));
}

/** How much larger the energy of the classes is than that of "no class". */
function lessThan(energy: Float32Array, none: Float32Array): Float32Array {
  return energy.map((value, i) => value - none[i]);
}

function largest(logits: Float32Array, classes: number): Float32Array {
  return perRow(logits, classes, (row) => Math.max(...row) - logSum(row));
}

/** Liu 2020, at a temperature of 1. */
function energies(logits: Float32Array, classes: number): Float32Array {
  return perRow(logits, classes, logSum);
}

/** Mean cosine of the angle to the nearest learned slices. */
function nearness(learned: Float32Array, width: number): (features: Float32Array) => Float32Array {
  const known = unitRows(learned, width);
  return (features) => {
    const asked = unitRows(features, width);
    return perRow(asked, width, (row) => {
      const cosines = perRow(known, width, (other) => {
        let sum = 0;
        for (let i = 0; i < width; i++) sum += row[i] * other[i];
        return sum;
      }).sort();
      return mean(Array.from(cosines.subarray(-NEIGHBOURS)));
    });
  };
}

function unitRows(features: Float32Array, width: number): Float32Array {
  const result = features.slice();
  for (let at = 0; at < result.length; at += width) {
    const row = result.subarray(at, at + width);
    const length = Math.hypot(...row) || 1;
    for (let i = 0; i < width; i++) row[i] /= length;
  }
  return result;
}

function perRow(values: Float32Array, width: number, of: (row: Float32Array) => number): Float32Array {
  return Float32Array.from({ length: values.length / width }, (_, i) =>
    of(values.subarray(i * width, (i + 1) * width)),
  );
}

function logSum(row: Float32Array): number {
  const most = Math.max(...row);
  return most + Math.log(row.reduce((sum, value) => sum + Math.exp(value - most), 0));
}

function below(sorted: Float32Array, value: number): number {
  return boundary(sorted, (other) => other < value);
}

function upTo(sorted: Float32Array, value: number): number {
  return boundary(sorted, (other) => other <= value);
}

/** How many values, the smallest first, satisfy a condition that holds up to some place. */
function boundary(sorted: Float32Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}
