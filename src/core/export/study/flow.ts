/** The flow of counts of a report, as in CONSORT: files, slices, what is left out and why, splits and their classes. */
import type { LabelSet } from '../../labels/labelSet.ts';
import type { FrozenDataset } from '../../train/manifest.ts';
import { SPLITS, type Split } from '../../types.ts';
import { type FlowStep, flow } from '../figures/flow.ts';
import { counted, listed, whole } from '../html.ts';
import { SPLIT_WORDS, type StudyInput, totalsOf } from './study.ts';

/** Reasons shown by themselves. */
const MOST_REASONS = 5;

export function flowFigure(
  datasets: readonly FrozenDataset[],
  set: LabelSet,
  { runs: [{ frozen }], skipped }: StudyInput,
): string {
  const used = totalsOf(datasets);
  const sum = (of: (one: FrozenDataset) => number) => datasets.reduce((total, one) => total + of(one), 0);
  const [excluded, shared] = [sum((one) => one.excluded), sum((one) => one.shared)];
  const isCounted = datasets.every((one) => one.unlabelled !== undefined);
  const unlabelled = sum((one) => one.unlabelled ?? 0);
  const kinds = [...new Set(datasets.flatMap(({ exclude }) => exclude))];
  const capped = sum((one) => one.capped ?? 0);
  const left = excluded + capped + shared + unlabelled;
  const steps: FlowStep[] = [
    {
      lines: [`${counted(used.slices + left, 'slice')} in the project`, counted(datasets.length, 'dataset')],
      out: [
        `Left out: ${counted(left, 'slice')}`,
        isCounted ? `without a class: ${whole(unlabelled)}` : 'without a class: not recorded',
        `excluded${kinds.length > 0 ? ` (${listed(kinds)})` : ''}: ${whole(excluded)}`,
        ...(frozen?.caps || capped > 0 ? [`over a dataset’s cap: ${whole(capped)}`] : []),
        `patient also in another split: ${whole(shared)}`,
      ],
    },
    {
      lines: [
        `${counted(used.slices, 'slice')} that count`,
        `${counted(used.datasets, 'dataset')}, ${counted(used.series, 'series', 'series')}, ${counted(used.patients, 'patient')}`,
      ],
      out: [],
    },
  ];
  const drop = frozen?.drop;
  if (drop) {
    const { read, other, described } = drop.outcomes;
    const reasons = (skipped ?? []).slice(0, MOST_REASONS);
    const rest = (skipped ?? []).slice(MOST_REASONS).reduce((total, { files }) => total + files, 0);
    steps.unshift({
      lines: [
        `${counted(drop.files, 'file')} in the last drop before the run`,
        `read ${whole(read)}, without a class ${whole(other)}, descriptions ${whole(described)}`,
      ],
      out: [
        `Not used: ${counted(drop.outcomes.skipped, 'file')}`,
        ...reasons.map(({ reason, files }) => `${cut(reason)}: ${whole(files)}`),
        ...(rest > 0 ? [`other reasons: ${whole(rest)}`] : []),
      ],
    });
  }
  const ends = SPLITS.map((split) => {
    const own = totalsOf(datasets, split);
    return [
      `${SPLIT_WORDS[split]}: ${counted(own.slices, 'slice')}`,
      `${counted(own.datasets, 'dataset')}, ${counted(own.series, 'series', 'series')}`,
      counted(own.patients, 'patient'),
      ...set.classes.map(({ id, name }) => `${cut(name, 22)}: ${whole(countOf(datasets, split, id))}`),
    ];
  });
  return flow({ name: 'flow', title: 'Flow of counts', steps, ends });
}

function cut(words: string, most = 44): string {
  const plain = words.replace(/\.$/, '');
  return plain.length <= most ? plain : `${plain.slice(0, most - 1)}…`;
}

/** Used slices of a class in a split. */
export function countOf(datasets: readonly FrozenDataset[], split: Split, id: string): number {
  return datasets
    .filter((one) => one.split === split)
    .reduce((sum, { counts }) => sum + (counts[id] ?? 0), 0);
}
