/**
 * The transfer benchmark in Node: its settings as JSON in the first argument, one JSON object per training on stdout.
 * For each seed a network learns from practice data alone, from real data alone, from both, and from the practice
 * project with the app's splits.
 */
import type { DeviceName } from '../../src/core/engine/devices/types.ts';
import type { RunConfig } from '../../src/core/train/run.ts';
import type { SliceTable } from '../../src/core/train/table.ts';
import { SPLITS } from '../../src/core/types.ts';
import { readCorpus, tableOf, together } from './corpus.ts';
import { learn } from './learn.ts';
import type { Score } from './score.ts';

type Settings = {
  data: string;
  /** Folders of practice data: an enlarged one for training, and the app's usual one. */
  practice: Record<number, { large: string; usual: string }>;
  seeds: number[];
  arms: string[];
  network: string;
  size: RunConfig['inputSize'];
  images: number;
  limit: number;
  device: DeviceName;
  threads: number;
};

const settings: Settings = JSON.parse(process.argv[2]);
const real = await readCorpus(settings.data);

for (const seed of settings.seeds) {
  const folders = settings.practice[seed];
  const practice = await readCorpus(folders.large);
  const both = together(real, practice);
  const usual = settings.arms.includes('project') ? await readCorpus(folders.usual) : practice;
  const realTrain = tableOf(real, ['train'], settings.limit);
  const all = tableOf(practice, SPLITS, settings.limit);
  const realUnseen = { validate: tableOf(real, ['validate']), test: tableOf(real, ['test']) };

  const arms: Record<string, () => Promise<void>> = {
    practice: () => run('practice', both, all, { real: tableOf(real, SPLITS) }),
    real: () => run('real', both, realTrain, { practice: tableOf(practice, SPLITS), ...realUnseen }),
    both: () => run('both', both, joined(realTrain, all), realUnseen),
    project: () =>
      run('project', usual, tableOf(usual, ['train']), {
        validate: tableOf(usual, ['validate']),
        test: tableOf(usual, ['test']),
      }),
  };
  for (const arm of settings.arms) await arms[arm]();

  async function run(
    arm: string,
    corpus: typeof both,
    table: SliceTable,
    asked: Record<string, SliceTable>,
  ): Promise<void> {
    const learned = await learn(corpus, table, { ...settings, seed });
    const scores: Record<string, Score | null> = {};
    for (const [name, unseen] of Object.entries(asked)) scores[name] = await learned.scoreOn(unseen);
    const { scoreOn: _, dispose, ...facts } = learned;
    dispose();
    console.log(JSON.stringify({ what: 'transfer', arm, seed, ...facts, scores }));
  }
}
process.exit(0);

/** Joins two tables of different shards. */
function joined(a: SliceTable, b: SliceTable): SliceTable {
  const numbers = (one: Uint32Array, two: Uint32Array) => Uint32Array.from([...one, ...two]);
  return {
    count: a.count + b.count,
    shards: numbers(a.shards, b.shards),
    start: numbers(
      a.start.subarray(0, -1),
      b.start.map((at) => at + a.count),
    ),
    row: Uint16Array.from([...a.row, ...b.row]),
    label: Uint8Array.from([...a.label, ...b.label]),
    dataset: Uint16Array.from([...a.dataset, ...b.dataset.map((at) => at + a.datasets.length)]),
    datasets: [...a.datasets, ...b.datasets],
  };
}
