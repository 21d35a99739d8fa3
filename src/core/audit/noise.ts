/** How many labels are probably wrong, and which for which: confident learning over series, with the range of its estimate. */
import { hash32 } from '../random.ts';
import { confidentJoint, type Judged } from './confident.ts';
import type { Evidence } from './evidence.ts';

/** Numbers of labels are of series, or of the slices of a series that have one label. Expected values: not whole. */
export type NoiseEstimate = {
  /** Labels that were judged. */
  of: number;
  wrong: number;
  /** Nine of ten draws of as many patients give a number between these. */
  low: number;
  high: number;
  /** By class: the labels that were judged, and how many of these are probably wrong. */
  classes: readonly { label: number; of: number; wrong: number }[];
  /** Classes of labels with the class that is probably right, the most frequent first. */
  pairs: readonly { given: number; likely: number; wrong: number }[];
};

const DRAW_STREAM = 0x6e6f6973;
const DRAWS = { least: 40, most: 200 };
/** Probabilities that are read for all draws together: a fraction of a second. */
const READ = 2e7;
/** Share of the draws that is cut off at each end. */
const TAIL = 0.05;
/** Pairs with less are not worth a word. */
const LEAST_WRONG = 0.05;

/**
 * What model and similar pictures say together; labels that the user has settled are right.
 * @returns null where nothing was judged
 */
export function estimateNoise(
  { parts, classes, settled, table }: Evidence,
  seed: number,
): NoiseEstimate | null {
  const all = parts.filter(({ probabilities, label }) => probabilities && label < classes);
  if (all.length === 0) return null;
  const open = all.filter(({ slices }) => !slices.every((slice) => settled[slice] !== null));
  const label = Uint8Array.from(open, (part) => part.label);
  const probabilities = new Float32Array(open.length * classes);
  for (const [i, part] of open.entries()) probabilities.set(part.probabilities!, i * classes);
  const judged = { classes, label, probabilities };
  const counts = wrongCounts(judged);
  const cells = Array.from(counts, (wrong, at) => {
    return { given: Math.floor(at / classes), likely: at % classes, wrong };
  });
  return {
    of: all.length,
    wrong: sum(counts),
    ...rangeOf(
      judged,
      open.map(({ slices }) => table.patient[slices[0]]),
      seed,
    ),
    classes: Array.from({ length: classes }, (_, given) => ({
      label: given,
      of: all.filter((part) => part.label === given).length,
      wrong: sum(counts.subarray(given * classes, (given + 1) * classes)),
    })),
    pairs: cells.filter(({ wrong }) => wrong >= LEAST_WRONG).sort((a, b) => b.wrong - a.wrong),
  };
}

/** The estimated joint distribution as counts, without its diagonal. */
function wrongCounts(judged: Judged): Float64Array {
  const { classes, label } = judged;
  const { joint } = confidentJoint(judged);
  return joint.map((share, at) => (at % (classes + 1) === 0 ? 0 : share * label.length));
}

/** The bootstrap (Efron 1979) over patients: series of one patient are right or wrong together. */
function rangeOf(judged: Judged, patient: readonly number[], seed: number): { low: number; high: number } {
  const numbers = new Map([...new Set(patient)].map((one, at) => [one, at]));
  const patientOf = Uint32Array.from(patient, (one) => numbers.get(one)!);
  const wanted = Math.floor(READ / Math.max(1, judged.probabilities.length));
  const draws = Math.min(DRAWS.most, Math.max(DRAWS.least, wanted));
  const times = new Uint32Array(numbers.size);
  const totals = Float64Array.from({ length: draws }, (_, draw) => {
    times.fill(0);
    for (let i = 0; i < times.length; i++)
      times[hash32(seed, DRAW_STREAM, draw * times.length + i) % times.length]++;
    // Shares of the draw: patients have different numbers of series.
    return sum(wrongCounts({ ...judged, weight: patientOf.map((at) => times[at]) }));
  }).sort();
  const cut = Math.floor(TAIL * draws);
  return { low: totals[cut], high: totals[draws - 1 - cut] };
}

function sum(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}
