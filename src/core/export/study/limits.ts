/** What the figures of a report do not say: the limits that hold for its runs. */
import { isDefaultSet, labelSetOf } from '../../train/labelSetOf.ts';
import type { Split } from '../../types.ts';
import { counted, listed, percent } from '../html.ts';
import { chanceOf } from './chance.ts';
import { splitWarnings } from './data.ts';
import {
  datasetsOf,
  figureIn,
  type Group,
  mainSplit,
  SPLIT_WORDS,
  type StudyRun,
  shortName,
  spreadOf,
  totalsOf,
} from './study.ts';
import { nameIn } from './tables.ts';

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
    ...fewWords(run, mainSplit(runs)),
    ...chanceLimits(groups),
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

/** Fewer patients of a class are no sample of patients. */
const FEW_PATIENTS = 5;

function fewWords(run: StudyRun, split: Split): string[] {
  const of = run.evaluation?.[split];
  const set = labelSetOf(run);
  const few = (of?.subjects?.perClass ?? []).flatMap(({ patients }, i) =>
    patients > 0 && patients < FEW_PATIENTS
      ? [`${nameIn(set, of!.labels[i])} of ${counted(patients, 'patient')}`]
      : [],
  );
  if (few.length === 0) return [];
  return [
    `On ${SPLIT_WORDS[split].toLowerCase()} ${few.length === 1 ? 'one class is' : 'some classes are'} of very few patients (${listed(few)}): resamples of patients often leave them out, so that intervals of balanced accuracy are uncertain themselves.`,
  ];
}

/** Networks that are hardly better than an answer without looking: by less than the spread of their seeds. */
function chanceLimits(groups: readonly Group[]): string[] {
  const split = mainSplit(groups.flatMap((group) => group.runs));
  const chance = chanceOf(groups[0].runs[0].evaluation?.[split]);
  if (!chance) return [];
  const blind = groups.filter(({ runs }) => {
    const spread = spreadOf(runs.map(({ evaluation }) => figureIn(evaluation?.[split], 'balancedAccuracy')));
    return spread !== null && spread.mean - (spread.sd ?? 0) <= chance.balancedAccuracy;
  });
  if (blind.length === 0) return [];
  const names = listed(blind.map((group) => shortName(group, groups)));
  return [
    `${names}: the balanced accuracy on ${SPLIT_WORDS[split].toLowerCase()} is not above that of an answer without looking (${percent(chance.balancedAccuracy)}) by more than its seeds differ. Such a network has learned nothing that holds there, and its comparison with others says so and no more.`,
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
