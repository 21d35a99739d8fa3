/** How often figures of a test split were looked at: each evaluation of a run counts once, whoever reads it how often. */
import { hash32 } from '../random.ts';
import { dataKey, type Evaluated, type Frozen, type FrozenDataset } from './manifest.ts';

export type TestLook = {
  /** `testKey` of the data that were looked at. */
  data: string;
  run: string;
  /** When the evaluation was made, which tells it from others of its run; and when it was first looked at. */
  evaluatedMs: number;
  atMs: number;
};

/** Of one test split. */
export type LookCount = { looks: number; runs: number };

type Run = {
  id: string;
  frozen: Frozen | null;
  evaluated: Evaluated | null;
  evaluation: { test: unknown } | null;
};

/** The look that reading the test figures of a run is; null if it has none, or does not say what they are of. */
export function lookAt({ id, frozen, evaluated, evaluation }: Run, atMs: number): TestLook | null {
  const data = testKeyOf({ frozen, evaluated });
  if (!evaluation?.test || !evaluated || !data) return null;
  return { data, run: id, evaluatedMs: evaluated.atMs, atMs };
}

/** The test data of a run's figures; null where nothing is recorded, or nothing is in test. */
export function testKeyOf({ frozen, evaluated }: Pick<Run, 'frozen' | 'evaluated'>): string | null {
  const datasets = evaluated?.datasets ?? frozen?.datasets;
  return datasets ? testKey(datasets) : null;
}

// What is frozen never changes, and lists of runs ask for the keys of all again and again.
const known = new WeakMap<readonly FrozenDataset[], string | null>();

/** Identifies the slices of test with their labels; null: there are none. Other data, or other labels, have another key. */
export function testKey(datasets: readonly FrozenDataset[]): string | null {
  const before = known.get(datasets);
  if (before !== undefined) return before;
  const key = keyOf(datasets);
  known.set(datasets, key);
  return key;
}

function keyOf(datasets: readonly FrozenDataset[]): string | null {
  const text = dataKey(datasets.filter(({ split }) => split === 'test'));
  if (text === '') return null;
  return [0, 1]
    .map((stream) => {
      let hash = stream;
      for (let i = 0; i < text.length; i++) hash = hash32(hash, stream, text.charCodeAt(i));
      return hash.toString(16).padStart(8, '0');
    })
    .join('');
}

/** Those of `more` that are not among those before; each evaluation of a run once. */
export function newLooks(before: readonly TestLook[], more: readonly TestLook[]): TestLook[] {
  const lookOf = ({ data, run, evaluatedMs }: TestLook) => `${data} ${run} ${evaluatedMs}`;
  const seen = new Set(before.map(lookOf));
  return more.filter((look) => {
    const isNew = !seen.has(lookOf(look));
    seen.add(lookOf(look));
    return isNew;
  });
}

/** Of the test data with this key. */
export function countLooks(looks: readonly TestLook[], data: string): LookCount {
  const own = looks.filter((look) => look.data === data);
  return { looks: own.length, runs: new Set(own.map(({ run }) => run)).size };
}
