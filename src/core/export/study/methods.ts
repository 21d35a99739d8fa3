/** The method of a run in words that a paper could quote, made of what its record says. */
import { baselineOf } from '../../baselines/meta.ts';
import { foldWords, PROTOCOLS } from '../../dataset/protocols/index.ts';
import { intervalOf, scoreIntervalOf } from '../../evaluate/evaluation.ts';
import type { GroupPair } from '../../evaluate/groupTests.ts';
import { networkLabel } from '../../nn/meta.ts';
import { RECIPE } from '../../train/augment.ts';
import { settingsOf } from '../../train/differences.ts';
import { labelSetOf } from '../../train/labelSetOf.ts';
import type { RunConfig } from '../../train/run.ts';
import { SLICE_SIDE } from '../../types.ts';
import { counted, listed, percent, whole } from '../html.ts';
import { methodSentences, present } from './intervals.ts';
import {
  datasetsOf,
  type Group,
  mainSplit,
  type StudyInput,
  type StudyRun,
  shareOf,
  totalsOf,
} from './study.ts';

export function methodsOf(
  groups: readonly Group[],
  input: StudyInput,
  pairs: readonly GroupPair[],
): string[] {
  const trained = groups.filter(({ runs }) => runs[0].config.epochs > 0);
  return [
    dataWords(input.runs[0]),
    ...together(trained).map(trainingWords),
    softwareWords(groups, input),
    figureWords(groups),
    statisticsWords(groups, pairs),
  ].filter(Boolean);
}

/** Groups that differ in their network or their share of the training data alone stand in one sentence. */
function together(groups: readonly Group[]): Group[][] {
  const found = new Map<string, Group[]>();
  for (const group of groups) {
    const { Network: _, Seed: __, 'Training data': ___, ...settings } = settingsOf(group.runs[0]);
    const key = JSON.stringify([settings, group.runs.map(({ config }) => config.seed)]);
    found.set(key, [...(found.get(key) ?? []), group]);
  }
  return [...found.values()];
}

function dataWords(run: StudyRun): string {
  const { frozen } = run;
  const datasets = datasetsOf(run);
  const { classes } = labelSetOf(run);
  const all = totalsOf(datasets);
  const of = (split: 'train' | 'validate' | 'test') => {
    const own = totalsOf(datasets, split);
    return `${counted(own.datasets, 'dataset')} (${counted(own.slices, 'slice')})`;
  };
  const size = run.config.inputSize;
  const reading = frozen
    ? `, ${frozen.options.antialias ? 'with area averaging' : 'bilinear without antialiasing'}, and scaled to 0–1 by its own minimum and maximum${frozen.options.padding === 'exclude' ? ', without the values that DICOM calls padding' : ''}`
    : ' and scaled to 0–1 by its own minimum and maximum';
  const data =
    datasets.length > 0
      ? `Images of ${counted(all.datasets, 'dataset')} (${counted(all.slices, 'slice')} of ${counted(all.series, 'series', 'series')}) were read with Modality Lab ${frozen?.app.version ?? ''} (${frozen?.app.commit ?? 'version not recorded'}).`
      : 'Images were read with Modality Lab.';
  const splits =
    datasets.length > 0
      ? ` ${run.config.fold ? `By ${foldWords(run.config.fold)}, ${PROTOCOLS[run.config.fold.protocol].unit}s` : 'Whole datasets'} were assigned to training, ${of('train')}, validation, ${of('validate')}, and test, ${of('test')}; slices of patients in more than one split were left out of the one that learns.`
      : '';
  return `${data} Volumes were cut into slices; each slice was resized to ${SLICE_SIDE} × ${SLICE_SIDE} pixels without keeping its aspect ratio${reading}${size < SLICE_SIDE ? `, then reduced to ${size} × ${size} by area averaging` : ''}. Labels (${listed(classes.map(({ name }) => name))}) are those of the DICOM header, of folders, or of readers. Identifiers of patients, studies and series were replaced by keyed hashes (HMAC-SHA-256) while the files were read; names of files were not kept.${splits}`;
}

function trainingWords(groups: readonly Group[]): string {
  const [{ name, runs }] = groups;
  const [{ config, labelSet }] = runs;
  const outputs = labelSetOf({ labelSet }).classes.length;
  const networks = unique(
    groups.map(({ runs: [{ config: own, parameters }] }) =>
      parameters
        ? `${networkLabel(own.network)} (${whole(parameters)} parameters)`
        : networkLabel(own.network),
    ),
  );
  const several = networks.length > 1;
  const shares = unique(groups.map((group) => shareOf(group.runs[0].config)));
  const shareWords = groups.some((group) => group.runs[0].config.share)
    ? ` ${several || shares.length > 1 ? 'Runs' : 'It'} learned from ${listed(shares)}, drawn with the seed of the run.`
    : '';
  const seeds = runs.map((run) => run.config.seed);
  const seedWords = seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${listed(seeds.map(String))}`;
  return `${groups.length > 1 ? '' : `${name}: `}${listed(networks)}, ${several ? 'each ' : ''}with one input channel and ${outputs + (config.outliers ? 1 : 0)} outputs, ${several ? 'were' : 'was'} trained ${beginning(config)} by stochastic gradient descent with momentum ${config.momentum}, batches of ${config.batch}, a learning rate of ${config.learningRate} (${scheduleWords(config)}), weight decay ${config.weightDecay}${config.decayNormAndBias ? '' : ' of all but norms and biases'}${config.labelSmoothing > 0 ? ` and label smoothing ${config.labelSmoothing}` : ''} for ${counted(config.epochs, 'epoch')}${leastWords(config)}${keptWords(config)}; ${seedWords}.${shareWords} ${config.balance ? 'Classes were drawn equally often, and datasets within a class by the square root of their size.' : 'Each slice was drawn equally often.'} ${config.augment ? augmentWords() : 'Slices were not augmented.'}${config.outliers ? ` ${percent(config.outliers)} of the pictures shown were made up, of no class, so that the network can call a picture unknown.` : ''}${config.labelNoise ? ` ${percent(config.labelNoise)} of the training labels were replaced by others, to see what wrong labels do.` : ''}`;
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}

function augmentWords(): string {
  const { zoom, aspect, shift, rotation, flipChance, window, gamma, coarse, blurChance, noise } = RECIPE;
  const of = (chance: number) => ` (${percent(chance)} of them)`;
  return `Each time a slice was shown it was changed at random: ${zoom.low} to ${zoom.high} of its side shown, one axis stretched by up to ${aspect}, shifted by up to ${percent(shift)}, turned by up to ${rotation}°, mirrored left to right${of(flipChance)}; grey levels clipped at up to ${percent(window.low)} of the dark and ${percent(window.high)} of the bright end${of(window.chance)}, gamma 1/${gamma} to ${gamma}; a coarser matrix, down to ${percent(coarse.least)}${of(coarse.chance)}, blur${of(blurChance)}, and noise of up to ${noise.sigma} of 255 grey levels${of(noise.chance)}.`;
}

/** What computed, and where. */
function softwareWords(groups: readonly Group[], { browser, commit }: StudyInput): string {
  const runs = groups.flatMap((group) => group.runs);
  const of = (words: (run: StudyRun) => string | null | undefined) =>
    listed([...new Set(runs.flatMap((run) => words(run) ?? []))]);
  const apps = of(({ frozen }) => frozen && `${frozen.app.version} (${frozen.app.commit})`);
  const devices = of(({ device }) => device && deviceWords(device));
  const written = browser ? ` This report was written by version ${commit} in ${browserWords(browser)}.` : '';
  return `Software: Modality Lab${apps ? ` ${apps}` : ''}, which computes networks with its own kernels on TensorFlow.js in a browser.${devices ? ` Device: ${devices}.` : ''}${written}`;
}

function browserWords(agent: string): string {
  const found = /(Firefox|Edg|Chrome|Version)\/(\d+)/.exec(agent);
  if (!found) return 'another browser';
  const name = { Firefox: 'Firefox', Edg: 'Edge', Chrome: 'Chrome', Version: 'Safari' }[found[1]];
  return `${name} ${found[2]}`;
}

export function deviceWords(device: { name: string; adapter: string | null; threads: number }): string {
  const { name, adapter, threads } = device;
  return name === 'webgpu'
    ? `WebGPU${adapter ? ` (${adapter})` : ''}`
    : `${name === 'simd' ? 'processor, WebAssembly SIMD' : 'processor'}, ${counted(threads, 'thread')}`;
}

function beginning({ start }: RunConfig): string {
  if (!start) return 'from random weights';
  const layers = start.layers === 'head' ? ', of which only the last layer learned' : '';
  return `from the weights of the app’s starter model${start.weights ? ` (${start.weights})` : ''}${start.head === 'new' ? ' with a new last layer' : ''}${layers}`;
}

function keptWords({ epochBy, patience }: RunConfig): string {
  const stop = patience
    ? `, stopped after ${counted(patience, 'epoch')} without a better one in validation`
    : '';
  return `${epochBy === 'validate' ? ', of which the best by balanced accuracy in validation was kept' : ''}${stop}`;
}

function leastWords({ leastImages, augment }: RunConfig): string {
  const least = leastImages ?? (augment ? 1024 : 0);
  return least > 0 ? ` of at least ${whole(least)} pictures` : '';
}

function scheduleWords({ schedule }: RunConfig): string {
  switch (schedule.kind) {
    case 'constant':
      return 'constant';
    case 'plateau':
      return `times ${schedule.factor} on a plateau of the training loss, patience ${schedule.patience} of ${schedule.checksPerEpoch} checks an epoch`;
    case 'cosine':
      return `linear warm-up over ${percent(schedule.warmup)} of the steps, then half a cosine to zero`;
    default:
      return schedule satisfies never;
  }
}

/** A run can be stopped, or end with the weights of an earlier epoch. */
function afterWords(groups: readonly Group[]): string {
  const runs = groups.flatMap((group) => group.runs).filter(({ config }) => config.epochs > 0);
  const early = runs.filter(({ evaluated, config }) => evaluated && evaluated.epoch < config.epochs);
  if (early.length === 0) return 'after the last step of training';
  const each = early.map(
    ({ title, evaluated, config }) => `${title} after epoch ${evaluated?.epoch} of ${config.epochs}`,
  );
  return early.length === runs.length ? listed(each) : `after the last step of training, ${listed(each)}`;
}

function testWords(groups: readonly Group[]): string {
  const runs = groups.flatMap((group) => group.runs).filter(({ config }) => config.testOnDemand);
  if (runs.length === 0) return '';
  const opened = runs.filter(({ evaluation }) => evaluation?.test).length;
  return `The test split of ${counted(runs.length, 'run')} was kept closed until it was asked for, ${opened === 0 ? 'which it was not' : `and opened for ${opened}`}. `;
}

function figureWords(groups: readonly Group[]): string {
  const seeds = groups.some(({ runs }) => runs.length > 1);
  const baselines = groups.filter(({ runs }) => baselineOf(runs[0].config));
  return `Networks were evaluated in evaluation mode, with the running statistics of batch normalisation, ${afterWords(groups)}. Figures are of slices. ${testWords(groups)}${seeds ? 'Runs that differ in their seed alone are given as mean and standard deviation of a sample. ' : ''}${baselines.length > 0 ? `Beside the networks stand baselines that learn no deep features: ${listed(baselines.map(({ name }) => name))}. ` : ''}`.trim();
}

function statisticsWords(groups: readonly Group[], [pair]: readonly GroupPair[]): string {
  const runs = groups.flatMap((group) => group.runs);
  const split = mainSplit(runs);
  const used = runs.flatMap(({ evaluation }) => {
    const of = evaluation?.[split];
    return of ? present([intervalOf(of, 'accuracy'), ...of.perDataset.map(scoreIntervalOf)]) : [];
  });
  const tests = pair
    ? ` Networks are compared on the same slices. The difference is of the means over seeds; its interval is from a paired bootstrap, its p from a two-sided paired permutation test in which the answers of two networks change sides, whole ${pair.by === 'series' ? pair.by : `${pair.by}s`} at a time. Accuracy and balanced accuracy are each corrected by Holm (1979) for the number of pairs. Seeds are averaged, not drawn: the tests say whether these trained models differ on other patients of these datasets, not on other datasets.`
    : '';
  return `Statistics: ${methodSentences(used).join(' ')} Intervals are of patients or series of these datasets: how much a figure would change with other datasets they do not say.${tests}`;
}
