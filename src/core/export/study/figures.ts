/** The figures of a report, made of runs: the paper's Figures 4 to 7, and a reliability diagram. */
import { intervalOf } from '../../evaluate/evaluation.ts';
import { labelSetOf } from '../../train/labelSetOf.ts';
import { SPLITS, type Split } from '../../types.ts';
import { type Bar, bars } from '../figures/bars.ts';
import { diagram } from '../figures/diagram.ts';
import { lines } from '../figures/lines.ts';
import { matrix } from '../figures/matrix.ts';
import { escaped, figure, listed, percent, seconds, whole } from '../html.ts';
import {
  figureIn,
  type Group,
  SPLIT_WORDS,
  type StudyRun,
  shortName,
  spreadOf,
  trainingSeconds,
} from './study.ts';
import { nameIn } from './tables.ts';

/** Okabe and Ito's, those first that differ most in grey. */
const COLOURS = ['#0072b2', '#d55e00', '#000000', '#009e73', '#cc79a7', '#8a6d00', '#56b4e9'] as const;

/** A curve of so few epochs says nothing: its steps do. */
const FEW_EPOCHS = 2;
const PARTS = 12;

export function curvesFigure(groups: readonly Group[]): string {
  const trained = groups.filter(({ runs }) => runs.some(({ history = [] }) => history.length > 0));
  if (trained.length === 0) return '';
  const longest = Math.max(...trained.flatMap(({ runs }) => runs.map(({ history = [] }) => history.length)));
  const inParts =
    longest <= FEW_EPOCHS && trained.every(({ runs }) => runs.every(({ points }) => points?.length));
  const series = trained.flatMap((group, i) => {
    const of = (value: (epoch: NonNullable<StudyRun['history']>[number]) => number | null) => {
      const longest = Math.max(...group.runs.map(({ history = [] }) => history.length));
      return Array.from({ length: longest }, (_, at) => ({
        x: at + 1,
        y:
          spreadOf(group.runs.map(({ history = [] }) => (history[at] ? value(history[at]) : null)))?.mean ??
          null,
      })).filter((point): point is { x: number; y: number } => point.y !== null);
    };
    const colour = COLOURS[i % COLOURS.length];
    const short = shortName(group, groups);
    return [
      {
        ...{ name: `${short}, train`, colour, dash: 0, mark: i },
        points: inParts ? partsOf(group.runs, longest) : of((epoch) => epoch.trainAccuracy),
      },
      { name: `${short}, validate`, colour, dash: 1, mark: i, points: of((epoch) => epoch.validateAccuracy) },
    ];
  });
  return figure(
    `<b>Figure 4.</b> Accuracy by epoch${groups.some(({ runs }) => runs.length > 1) ? ', mean over seeds' : ''}. Train is measured while learning, on changed pictures where a run changes them${inParts ? `, in ${PARTS} parts of the training` : ''}; validate in evaluation mode${inParts ? ', at the end of an epoch' : ''}.`,
    lines({
      name: 'curves',
      title: 'Accuracy by epoch',
      unit: 'Accuracy',
      across: 'Epoch',
      series: series.filter(({ points }) => points.length > 0),
      ...(inParts ? { from: 0 } : {}),
    }),
  );
}

/** Training accuracy in equal parts of a short training, mean over seeds. */
function partsOf(runs: readonly StudyRun[], epochs: number): { x: number; y: number }[] {
  return Array.from({ length: PARTS }, (_, part) => {
    const [low, high] = [(part / PARTS) * epochs, ((part + 1) / PARTS) * epochs];
    const means = runs.map(({ points = [] }) => {
      const own = points.filter(({ epoch }) => epoch > low && epoch <= high);
      return own.length === 0 ? null : own.reduce((sum, { accuracy }) => sum + accuracy, 0) / own.length;
    });
    return { x: high, y: spreadOf(means)?.mean ?? null };
  }).filter((point): point is { x: number; y: number } => point.y !== null);
}

export function timesFigure(groups: readonly Group[]): string {
  const times = groups.map((group) => ({ group, time: spreadOf(group.runs.map(trainingSeconds)) }));
  if (times.every(({ time }) => time === null)) return '';
  const several = groups.some(({ runs }) => runs.length > 1);
  const longest = Math.max(...times.map(({ time }) => time?.high ?? 0));
  const [unit, size] =
    longest < 120 ? (['s', 1] as const) : longest < 7200 ? (['min', 60] as const) : (['h', 3600] as const);
  return figure(
    `<b>Figure 5.</b> Time of training without pauses and final evaluation${several ? ', mean over seeds; whiskers: the shortest and the longest' : ''}. The devices stand in Table 9.`,
    bars({
      name: 'times',
      title: 'Training time',
      unit: `Training time, ${unit}`,
      series: [{ name: 'Training', colour: '#7fb2d9' }],
      groups: times.map(({ group, time }) => ({
        name: shortName(group, groups),
        bars: [
          {
            value: time && time.mean / size,
            words: seconds(time?.mean ?? null),
            interval: time && time.n > 1 ? { low: time.low / size, high: time.high / size } : null,
          },
        ],
      })),
      tick: (value) => String(Math.round(value * 100) / 100),
    }),
  );
}

export function splitsFigure(groups: readonly Group[]): string {
  const several = groups.some(({ runs }) => runs.length > 1);
  const barOf = ({ runs }: Group, split: Split): Bar => {
    const spread = spreadOf(runs.map(({ evaluation }) => figureIn(evaluation?.[split], 'accuracy')));
    const [{ evaluation }] = runs;
    const interval =
      runs.length > 1 ? spread : evaluation?.[split] ? intervalOf(evaluation[split], 'accuracy') : null;
    return { value: spread?.mean ?? null, words: percent(spread?.mean), interval };
  };
  return figure(
    `<b>Figure 6.</b> Accuracy on train, validate and test${countsOf(groups)}. Whiskers: 95 % intervals${several ? ', of several seeds the lowest and highest' : ''}.`,
    bars({
      name: 'splits',
      title: 'Accuracy on train, validate and test',
      unit: 'Accuracy',
      series: SPLITS.map((split, i) => ({
        name: SPLIT_WORDS[split],
        colour: ['#f0f0f0', '#b9c4d2', '#7fb2d9'][i],
      })),
      groups: groups.map((group) => ({
        name: shortName(group, groups),
        bars: SPLITS.map((split) => barOf(group, split)),
      })),
      tick: (value) => `${Math.round(100 * value)} %`,
      most: 1,
    }),
  );
}

/** “ (n = 10, 4 and 6 slices)”; empty where runs were judged on others. */
function countsOf(groups: readonly Group[]): string {
  const counts = groups.flatMap(({ runs }) =>
    runs.map(({ evaluation }) => SPLITS.map((split) => whole(evaluation?.[split]?.n))),
  );
  if (new Set(counts.map(String)).size > 1) return '';
  return ` (n = ${listed(counts[0])} slices)`;
}

/** @param at its place among the groups */
export function matrixFigure({ name, runs }: Group, split: Split, at: number, letter: string): string {
  const evaluated = runs.flatMap(({ evaluation }) => evaluation?.[split] ?? []);
  if (evaluated.length === 0) return '';
  const [{ labels }] = evaluated;
  const counts = labels.map((_, i) =>
    labels.map((_, j) => evaluated.reduce((sum, { confusion }) => sum + confusion[i][j], 0)),
  );
  const set = labelSetOf(runs[0]);
  return figure(
    `<b>Figure 7${letter}.</b> Confusion matrix of ${escaped(name)} on ${SPLIT_WORDS[split].toLowerCase()}: slices, and their share of the true class${runs.length > 1 ? `; counts of ${runs.length} seeds together` : ''}.`,
    matrix({
      name: `matrix${at}`,
      title: `Confusion matrix of ${name}`,
      labels: labels.map((label) => nameIn(set, label)),
      counts,
    }),
  );
}

export function reliabilityFigure({ name, runs }: Group, split: Split, at: number, letter: string): string {
  const [{ reliability }] = runs;
  if (!reliability) return '';
  const { plain, calibrated } = reliability;
  return figure(
    `<b>Figure 8${letter}.</b> Reliability of ${escaped(name)} on ${SPLIT_WORDS[split].toLowerCase()}${runs.length > 1 ? `, seed ${runs[0].config.seed}` : ''} (n = ${whole(plain.bins.reduce((sum, { n }) => sum + n, 0))} slices). On the dotted line answers are right as often as their probability says. Expected calibration error, 15 bins: ${percent(plain.error)} as the network gives them${calibrated ? `, ${percent(calibrated.error)} after temperature scaling` : ''}.`,
    diagram({
      name: `reliability${at}`,
      title: `Reliability of ${name}`,
      curves: [
        { name: 'as the network gives them', colour: '#0072b2', bins: plain.bins },
        ...(calibrated ? [{ name: 'calibrated on validate', colour: '#d55e00', bins: calibrated.bins }] : []),
      ],
    }),
  );
}
