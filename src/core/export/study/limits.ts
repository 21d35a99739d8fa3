/** What the figures of a report do not say: the limits that hold for its runs. */
import { isDefaultSet, labelSetOf } from '../../train/labelSetOf.ts';
import { counted, percent } from '../html.ts';
import { splitWarnings } from './data.ts';
import { datasetsOf, type Group, mainSplit, type StudyRun, totalsOf } from './study.ts';

export function limitsOf(groups: readonly Group[]): string[] {
  const runs = groups.flatMap((group) => group.runs);
  const [run] = runs;
  const trained = runs.filter(({ config }) => config.epochs > 0);
  const train = totalsOf(datasetsOf(run), 'train');
  const set = labelSetOf(run);
  const mute = runs.filter(({ config }) => !config.outliers);
  const warnings = splitWarnings(run);
  return [
    'Not a medical device. For research and teaching only; no diagnosis or treatment may rest on it.',
    isDefaultSet(set)
      ? `The networks know ${counted(set.classes.length, 'class', 'classes')}. Ultrasound, endoscopy, photographs and everything else are of none of them.`
      : `The networks know the ${counted(set.classes.length, 'class', 'classes')} of one label set. Everything else is of none of them.`,
    ...(mute.length > 0
      ? [
          `${mute.length === runs.length ? 'They cannot' : `${counted(mute.length, 'run')} cannot`} say “unknown”: any picture gets one of the classes.`,
        ]
      : [
          '“Unknown” is learned from made-up pictures: grey photographs and scanned pages pass more often than colours.',
        ]),
    ...(train.datasets > 0
      ? [
          `They learned from ${counted(train.datasets, 'dataset')}. Scanners, file formats and image sizes of so few are learned as readily as the class: read the table per dataset, not the average.`,
        ]
      : []),
    ...(warnings.length > 0
      ? [`The split has ${counted(warnings.length, 'weakness', 'weaknesses')}, listed with it.`]
      : []),
    ...(groups.every((group) => group.runs.length === 1) && trained.length > 0
      ? [
          'Each network was trained with one seed: how much a figure changes by chance of the training is not known.',
        ]
      : []),
    'Figures are of slices, and slices of a series are much alike. A dataset of many slices weighs more than one of few.',
    'Labels are taken from headers and folders where no reader corrected them: what these have wrong, the figures have wrong.',
    'Where a format has no patient identifier, each series or file counts as a patient of its own.',
    ...lookWords(runs),
    ...changedWords(runs),
    ...(runs.some(({ config }) => config.start)
      ? [
          'Some runs began with the app’s starter model, which has seen 27 public datasets and the practice project: on these their figures prove nothing.',
        ]
      : []),
    ...(runs.some(({ config }) => config.labelNoise)
      ? [
          `Some runs learned from labels of which up to ${percent(Math.max(...runs.map(({ config }) => config.labelNoise ?? 0)))} were wrong on purpose.`,
        ]
      : []),
    ...(runs.some(({ status }) => status === 'stopped')
      ? ['Some runs were stopped before their last epoch.']
      : []),
  ];
}

/** How often test was looked at before the report was written; it may be another test split for each fold. */
function lookWords(runs: readonly StudyRun[]): string[] {
  if (mainSplit(runs) !== 'test') return [];
  const most = runs.flatMap(({ looks }) => looks ?? []).sort((a, b) => b.looks - a.looks)[0];
  if (!most || most.looks === 0) return [];
  const often = `Test was looked at ${most.looks === 1 ? 'once' : `${most.looks} times`}, with ${counted(most.runs, 'run')}, when this report was written.`;
  return [
    most.runs === 1
      ? `${often} A run that is chosen after its test figures were seen has figures that are too good.`
      : `${often} If one of them was chosen by these figures, they are too good for it: the best of several is partly lucky.`,
  ];
}

/** What became of the data since. */
function changedWords(runs: readonly StudyRun[]): string[] {
  const changed = [...new Set(runs.flatMap(({ changes }) => changes ?? []))];
  return changed.length > 0
    ? [`The project’s data have changed since; the figures are of the data then. ${changed.join(' ')}`]
    : [];
}
