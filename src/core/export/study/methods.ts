/** The method of a run in words that a paper could quote, made of what its record says. */
import { baselineOf } from '../../baselines/meta.ts';
import { foldWords, PROTOCOLS } from '../../dataset/protocols/index.ts';
import { networkLabel } from '../../nn/meta.ts';
import { labelSetOf } from '../../train/labelSetOf.ts';
import type { RunConfig } from '../../train/run.ts';
import { SLICE_SIDE } from '../../types.ts';
import { counted, listed, percent, whole } from '../html.ts';
import { datasetsOf, type Group, type StudyRun, totalsOf } from './study.ts';

export function methodsOf(groups: readonly Group[]): string[] {
  const trained = groups.filter(({ runs }) => runs[0].config.epochs > 0);
  const [first] = groups[0].runs;
  return [dataWords(first), ...trained.map((group) => trainingWords(group)), figureWords(groups)].filter(
    Boolean,
  );
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
  return `${data} Volumes were cut into slices; each slice was resized to ${SLICE_SIDE} × ${SLICE_SIDE} pixels without keeping its aspect ratio${reading}${size < SLICE_SIDE ? `, then reduced to ${size} × ${size} by area averaging` : ''}. Labels (${listed(classes.map(({ name }) => name))}) are those of the DICOM header, of folders, or of readers.${splits}`;
}

function trainingWords({ name, runs }: Group): string {
  const [{ config, parameters, device, labelSet }] = runs;
  const outputs = labelSetOf({ labelSet }).classes.length;
  const size = parameters ? ` (${whole(parameters)} parameters)` : '';
  const seeds = runs.map((run) => run.config.seed);
  const seedWords = seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${listed(seeds.map(String))}`;
  return `${name}: ${networkLabel(config.network)}${size} with one input channel and ${outputs + (config.outliers ? 1 : 0)} outputs was trained ${beginning(config)} by stochastic gradient descent with momentum ${config.momentum}, batches of ${config.batch}, a learning rate of ${config.learningRate} (${scheduleWords(config)}), weight decay ${config.weightDecay}${config.decayNormAndBias ? '' : ' of all but norms and biases'}${config.labelSmoothing > 0 ? ` and label smoothing ${config.labelSmoothing}` : ''} for ${counted(config.epochs, 'epoch')}${leastWords(config)}${keptWords(config)}; ${seedWords}. ${config.balance ? 'Classes were drawn equally often, and datasets within a class by the square root of their size.' : 'Each slice was drawn equally often.'} ${config.augment ? 'Slices were changed at random (position, scale, intensity, sharpness, noise) each time they were shown.' : 'Slices were not augmented.'}${config.outliers ? ` ${percent(config.outliers)} of the pictures shown were made up, of no class, so that the network can call a picture unknown.` : ''}${config.labelNoise ? ` ${percent(config.labelNoise)} of the training labels were replaced by others, to see what wrong labels do.` : ''}${device ? ` Device: ${deviceWords(device)}.` : ''}`;
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

function figureWords(groups: readonly Group[]): string {
  const seeds = groups.some(({ runs }) => runs.length > 1);
  const baselines = groups.filter(({ runs }) => baselineOf(runs[0].config));
  return `Networks were evaluated in evaluation mode, with the running statistics of batch normalisation, ${afterWords(groups)}. Figures are of slices. ${seeds ? 'Runs that differ in their seed alone are given as mean and standard deviation. ' : ''}${baselines.length > 0 ? `Beside the networks stand baselines that learn no deep features: ${listed(baselines.map(({ name }) => name))}. ` : ''}`.trim();
}
