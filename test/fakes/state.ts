/** States of the page with plausible content, one for each thing a person can see. */

import { added } from '../../src/app/added.ts';
import { NO_GUARD } from '../../src/app/guard.ts';
import { NO_CLASSIFICATION } from '../../src/app/noClassification.ts';
import type { Page } from '../../src/app/route.ts';
import { serverGone } from '../../src/app/server.ts';
import type { StarterFacts } from '../../src/app/starterFacts.ts';
import type { DatasetRow, Drop, RunRow, State } from '../../src/app/state.ts';
import { BASELINE_META, BASELINE_NAMES, baselineConfig } from '../../src/core/baselines/meta.ts';
import { DEFAULT_RULE } from '../../src/core/classify/assess.ts';
import { runChoice } from '../../src/core/classify/choice.ts';
import type { Judge, JudgedSeries } from '../../src/core/classify/judge.ts';
import { tagState } from '../../src/core/classify/tagState.ts';
import { type Contradiction, contradictionWarning } from '../../src/core/dataset/contradictions.ts';
import { type KindCounts, zeroKinds } from '../../src/core/dataset/kinds.ts';
import type { ClassMix } from '../../src/core/dataset/mix.ts';
import { folderName } from '../../src/core/dataset/naming.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { UNLISTED } from '../../src/core/dicom/modalityCode.ts';
import type { DeviceInfo } from '../../src/core/engine/devices/types.ts';
import { toErrorRecord } from '../../src/core/errors.ts';
import {
  type DatasetScore,
  OVERALL_METRICS,
  type SplitEvaluation,
} from '../../src/core/evaluate/evaluation.ts';
import type { FigureInterval } from '../../src/core/evaluate/interval.ts';
import { METRICS } from '../../src/core/evaluate/metrics/index.ts';
import type { Metric } from '../../src/core/evaluate/metrics/metric.ts';
import type { SkippedFile } from '../../src/core/files/progress.ts';
import { zeroCounts } from '../../src/core/labels/counts.ts';
import { DEFAULT_SET, EXAMPLE_SETS } from '../../src/core/labels/sets/index.ts';
import { networkLabel } from '../../src/core/nn/meta.ts';
import { REMARK_CODES } from '../../src/core/remarks.ts';
import { SKIP_CODES, skipReason } from '../../src/core/skip.ts';
import type { CurvePoint } from '../../src/core/train/curve.ts';
import { lookAt } from '../../src/core/train/looks.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import type { EpochRecord, RunConfig } from '../../src/core/train/run.ts';
import { type Counts, SLICE_SIDE, type Split } from '../../src/core/types.ts';
import { databaseGone, storageError } from '../../src/storage/failure.ts';
import { LABELS, MODALITIES, type Modality } from '../builders/modalities.ts';
import { phantom, randomFrom } from '../builders/phantom.ts';
import { makeFrozenDataset } from '../builders/runFacts.ts';
import { makeSizeRuns } from '../builders/sizes.ts';
import { makeAuditState, makeFirstAudit } from './audit.ts';
import { BROKEN_RUN, SLOW_RUN } from './explain.ts';
import { makeFinding } from './finding.ts';
import { makeGuard } from './guard.ts';
import { manyRuns, queuedRuns } from './queued.ts';
import { onTwelve } from './twelve.ts';

export const SIMD: DeviceInfo = {
  name: 'simd',
  adapter: null,
  threads: 8,
  reason: 'There is no GPU here that the browser may use, so the processor computes.',
};

function dataset(
  name: string,
  location: string,
  split: Split,
  counts: Counts,
  warnings: string[] = [],
): DatasetRow {
  const all = { ...zeroCounts(DEFAULT_SET), ...counts };
  const slices = LABELS.reduce((sum, label) => sum + all[label], 0);
  return {
    id: `id-${name}`,
    name,
    location,
    split,
    nameFrom: 'folder',
    splitFrom: split === 'validate' ? 'proposed' : 'manifest',
    counts: all,
    facts:
      name === 'ct_lidc_chest'
        ? { source: 'https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX', licence: 'CC BY 3.0' }
        : {},
    mix: mixOf(all, name),
    others: all.other > 0 ? [{ code: 'OT', slices: all.other }] : [],
    contradictions: [],
    slices,
    series: Math.max(1, Math.round(slices / 24)),
    patients: Math.max(1, Math.round(slices / 90)),
    patientsUnknown: name === 'mednist',
    kinds: kinds(slices),
    exclude: [],
    excluded: 0,
    capped: zeroCounts(DEFAULT_SET),
    damaged: 0,
    warnings,
  };
}

/** Of one format and without body parts, as the names of the datasets suggest. */
function mixOf(counts: Counts, name: string): ClassMix[] {
  const format = name.startsWith('xr_') || name === 'mednist' ? 'png' : 'dicom';
  return Object.entries(counts)
    .filter(([, slices]) => slices > 0)
    .map(([label, slices]) => ({ label, format, bodyPart: null, slices }));
}

/** Large datasets hold a bit of everything, small ones one kind. */
function kinds(slices: number): KindCounts {
  const some = slices > 250 || slices === 27;
  const localizer = some ? Math.min(12, Math.floor(slices / 9)) : 0;
  const [capture, derived] = some ? [2, Math.round(slices / 5)] : [0, 0];
  const original = slices - localizer - capture - derived;
  return { ...zeroKinds(), all: slices, original, localizer, capture, derived, text: some ? 5 : 0 };
}

export const DATASETS: DatasetRow[] = [
  dataset('mednist', 'head, chest, abdomen (CT); breast (MR); hand (XR)', 'train', {
    CT: 1197,
    MR: 600,
    XR: 600,
  }),
  dataset('sts_sarcoma', 'extremity, pelvis; whole body (PT)', 'train', { CT: 299, MR: 348, PT: 930 }),
  dataset('ct_lidc_chest', 'chest', 'train', { CT: 27 }),
  dataset('mr_vs_seg_brain', 'brain', 'train', { MR: 212 }, [
    'Shares 3 patients with mr_nih_epi, which is in validate.',
  ]),
  dataset('xr_nih_chest', 'chest', 'train', { XR: 340, other: 12 }),
  dataset('ct_philips_headphantom', 'head (phantom)', 'validate', { CT: 10 }),
  dataset('mr_nih_epi', 'brain', 'validate', { MR: 128 }, [
    'Shares 3 patients with mr_vs_seg_brain, which is in train.',
    'All of its slices are of one series.',
  ]),
  dataset('pt_nema_phantom', 'torso (phantom)', 'validate', { PT: 47 }),
  dataset('xr_cbis_mammo', 'breast', 'validate', { XR: 64 }),
  dataset('totalseg_examples', 'abdomen, heart (CT); abdomen (MR)', 'test', { CT: 412, MR: 96 }),
  dataset('mr_ucsf_breast', 'breast', 'test', { MR: 180 }),
  dataset('pt_qin_hn_cps', 'head and neck to thigh', 'test', { PT: 266 }),
  dataset('xr_hannover_chest', 'chest', 'test', { XR: 243 }),
  dataset('ct_nsclc_lung1', 'chest', 'test', { CT: 118 }),
];

const CONTRADICTIONS: Contradiction[] = [
  { folder: 'CT', attribute: 'Modality', code: 'RTDOSE', label: 'other', slices: 22 },
  { folder: 'CT', attribute: 'Modality', code: 'MR', label: 'MR', slices: 20 },
  { folder: 'PT', attribute: 'Modality', code: 'NM', label: 'PT', slices: 4 },
];

/** A radiotherapy export: dose and ultrasound in a folder CT, and labels of an earlier version. */
const CONTRADICTED: DatasetRow = {
  ...dataset('clinic_export', 'pelvis', 'train', { CT: 61, MR: 20, PT: 9, other: 31 }),
  others: [
    { code: 'RTDOSE', slices: 22 },
    { code: 'US', slices: 6 },
    { code: null, slices: 2 },
    { code: UNLISTED, slices: 1 },
  ],
  contradictions: CONTRADICTIONS,
  warnings: CONTRADICTIONS.map((one) => contradictionWarning(one, DEFAULT_SET)),
};

export function skipped(n: number): SkippedFile[] {
  const codes = [
    'dicom-no-pixels',
    'encrypted',
    'not-an-image',
    'blank',
    'truncated',
    'transfer-syntax',
  ] as const;
  return Array.from({ length: n }, (_, i) => {
    const code = codes[(i * i) % codes.length];
    const kind = ['structured report', 'RT structure set', 'presentation state'][i % 3];
    return {
      path: `archive/study-${1 + (i % 7)}/series-${1 + (i % 3)}/${String(i).padStart(5, '0')}.dcm`,
      dataset: 'archive',
      code,
      ...SKIP_CODES[code],
      reason: skipReason(code === 'dicom-no-pixels' ? { code, detail: kind } : { code }),
      partial: code === 'blank' && i % 3 === 0,
    };
  });
}

/** A drop with so many files that were not used, and remarks on some of those that were. */
export function drop(unused: number, read: number, more: Partial<Drop> = {}): Drop {
  const lines = skipped(unused).map((line) => ({ ...line, partial: line.partial && read > 0 }));
  const codes = ['folder-differs', 'other-modality', 'no-label', 'description'] as const;
  const remarks = Array.from({ length: read > 0 ? 8 : 0 }, (_, i) => {
    const code = codes[i % codes.length];
    return { path: `archive/CT/${i}.dcm`, dataset: 'archive', code, ...REMARK_CODES[code] };
  });
  const lost = lines.filter(({ partial }) => !partial).length;
  const [other, described] = remarks.length > 0 ? [6, 2] : [0, 0];
  const counts = { read, other, described, skipped: lost, files: read + other + described + lost };
  return { id: 1, startedMs: Date.UTC(2026, 10, 23, 22), ...counts, unused: lines, remarks, ...more };
}

/** What is kept of a drop when it is over. */
export function read(
  { startedMs, files, read, other, described, skipped }: Drop,
  slices: number,
  seconds: number,
) {
  return { startedMs, files, slices, seconds, outcomes: { read, other, described, skipped } };
}

/** A curve as real runs draw it: falling, noisy, flattening. */
export function points(count: number, epochs: number): CurvePoint[] {
  const random = randomFrom(7);
  return Array.from({ length: count }, (_, i) => {
    const progress = (i + 1) / count;
    const loss = 0.28 + 1.15 * Math.exp(-5 * progress) + (random() - 0.5) * 0.34 * (1.15 - progress);
    return {
      step: (i + 1) * 4,
      epoch: progress * epochs,
      loss: Math.max(0.03, loss),
      accuracy: Math.min(1, Math.max(0.1, 1.02 - loss * 0.55 + (random() - 0.5) * 0.12)),
      learningRate: 0.05 * (1 + Math.cos(Math.PI * progress)) * 0.5,
      imagesPerSecond: 128 + random() * 14,
      dataWait: 0.02 + random() * 0.02,
      secondsLeft: (1 - progress) * 420,
    };
  });
}

export function history(epochs: number, of: number): EpochRecord[] {
  return Array.from({ length: epochs }, (_, i) => {
    const progress = (i + 1) / of;
    const trainLoss = 0.28 + 1.1 * Math.exp(-5 * progress);
    return {
      epoch: i + 1,
      trainLoss,
      trainAccuracy: 1.0 - trainLoss * 0.5,
      validateLoss: trainLoss * 1.12 + 0.08 + (i === 3 ? 0.2 : 0),
      validateAccuracy: 0.97 - trainLoss * 0.42 - (i === 3 ? 0.1 : 0),
      validateBalancedAccuracy: 0.95 - trainLoss * 0.42 - (i === 3 ? 0.1 : 0),
      learningRate: 0.05 * (1 + Math.cos(Math.PI * progress)) * 0.5,
      seconds: 38.4 + i * 0.2,
      imagesPerSecond: 131.2,
    };
  });
}

/** Off-diagonal shares are small and uneven, as real ones are. */
function evaluation(split: Split, accuracy: number): SplitEvaluation {
  const datasets = DATASETS.filter((dataset) => dataset.split === split);
  const wrong = 1 - accuracy;
  const perDataset: DatasetScore[] = datasets.flatMap((row, d) =>
    MODALITIES.filter((modality) => row.counts[modality] > 0).map((modality, m) => {
      const n = row.counts[modality];
      const share = Math.max(0, 1 - wrong * [2.4, 0.1, 1.5, 0.4, 0][(d + m) % 5]);
      const correct = Math.round(n * share);
      return {
        id: row.id,
        dataset: row.name,
        location: row.location,
        modality,
        n,
        correct,
        accuracy: correct / n,
        series: Math.ceil(n / 30),
        patients: Math.ceil(n / 70),
        interval: interval(correct / n, Math.ceil(n / 70)),
      };
    }),
  );
  perDataset.sort((a, b) => a.accuracy - b.accuracy);
  const labels = MODALITIES.filter((modality) => perDataset.some((score) => score.modality === modality));
  const confusion = labels.map((truth, i) =>
    labels.map((predicted, j) => {
      const own = perDataset.filter((score) => score.modality === truth);
      const n = own.reduce((sum, score) => sum + score.n, 0);
      const missed = n - own.reduce((sum, score) => sum + score.correct, 0);
      if (truth === predicted) return n - missed;
      const first = (i + 1) % labels.length;
      const second = (i + 2) % labels.length;
      if (j === first) return missed - Math.floor(missed * 0.3);
      return j === second ? Math.floor(missed * 0.3) : 0;
    }),
  );
  const n = confusion.flat().reduce((sum, cell) => sum + cell, 0);
  return {
    n,
    metrics: Object.fromEntries(
      OVERALL_METRICS.map((name) => [name, figure(METRICS[name], confusion, wrong)]),
    ),
    perClass: {},
    labels,
    confusion,
    perDataset,
    intervals: {
      metrics: {
        accuracy: interval(METRICS.accuracy.compute(confusion)!, 212),
        balancedAccuracy: interval(METRICS.balancedAccuracy.compute(confusion)!, 212),
      },
      perClass: { recall: METRICS.recall.compute(confusion).map((share) => interval(share!, 212)) },
    },
    subjects: {
      series: 480,
      patients: 212,
      perClass: labels.map((_, k) => ({ series: 160 - k * 20, patients: 70 - k * 10 })),
    },
  };
}

/** By patient, somewhat to both sides. */
function interval(share: number, clusters: number): FigureInterval {
  const half = 0.6 * Math.sqrt(Math.max(0.01, share * (1 - share)) / clusters);
  const ends = { low: Math.max(0, share - half), high: Math.min(1, share + half) };
  return { ...ends, method: 'bootstrap', by: 'patient', clusters, resamples: 2000 };
}

/** There are no predictions: what takes them is made up. */
function figure(metric: Metric, confusion: number[][], wrong: number): number | null {
  if (metric.from === 'confusion') return metric.compute(confusion) as number | null;
  return metric.better === 'higher' ? 1 - wrong / 4 : 0.3;
}

export function run(
  id: string,
  patch: Partial<RunRow> & { config?: RunConfig } = {},
  accuracy = 0.94,
): RunRow {
  const config = patch.config ?? presetConfig('quick');
  return {
    id,
    title: `${networkLabel(config.network)} · ${config.inputSize} · ${config.epochs} epochs`,
    createdMs: Date.UTC(2026, 10, 23, 14, 5),
    config,
    name: null,
    note: '',
    frozen: { app: { version: '1.0.0', commit: 'c' }, options: DEFAULT_OPTIONS, datasets: [] },
    saved: null,
    evaluated: null,
    status: 'finished',
    parameters: 11_172_292,
    device: SIMD,
    history: history(config.epochs, config.epochs),
    points: points(300, config.epochs),
    evaluation: {
      train: evaluation('train', 0.985),
      validate: evaluation('validate', 0.955),
      test: evaluation('test', accuracy),
    },
    imagesPerSecond: 131.2,
    firstPointSeconds: 2.1,
    error: null,
    ...patch,
  };
}

export const RUNS: RunRow[] = [
  run('r1'),
  run(
    'r2',
    {
      config: { ...presetConfig('paper'), network: 'resnet50' },
      createdMs: Date.UTC(2026, 10, 22, 9),
      parameters: 23_509_956,
      imagesPerSecond: 10.4,
    },
    0.968,
  ),
  run(
    'r3',
    {
      config: { ...presetConfig('paper-code'), network: 'vgg16' },
      createdMs: Date.UTC(2026, 10, 21, 17),
      parameters: 134_275_780,
      imagesPerSecond: 2.8,
      status: 'stopped',
    },
    0.917,
  ),
];

/** Of strangeness that is spread evenly from 0 to 1. */
const PERCENTILES = Array.from({ length: 101 }, (_, percent) => percent / 100);

/** Of a build with a starter. */
export const STARTER_FACTS: StarterFacts = {
  network: 'resnet18',
  inputSize: 96,
  labelSet: DEFAULT_SET,
  outliers: 0.1,
  calibration: {
    temperature: 0.9,
    correlation: 0.8,
    slices: 2182,
    series: 344,
    unknown: { slices: PERCENTILES, series: PERCENTILES },
  },
  weights: '5ta27e12',
  trained: '2026-11-29T20:00:00.000Z',
  epochs: 40,
  seed: 1,
  bytes: 11_300_000,
  heldOut: { slices: 0.93, series: 0.97 },
};
const REACHED = { tag: 0.99, header: 0.61, neighbours: 0.72, svm: 0.78 } as const;

export const BASELINE_RUNS: RunRow[] = BASELINE_NAMES.map((name) =>
  run(
    `b-${name}`,
    {
      title: BASELINE_META[name].label,
      config: baselineConfig(name),
      createdMs: Date.UTC(2026, 10, 23, 15),
      history: [],
      points: [],
      parameters: null,
      device: null,
      imagesPerSecond: null,
      firstPointSeconds: null,
    },
    REACHED[name],
  ),
);

/** Reports of folders with a few disagreements between tag and pixels. */
export function verdicts(count: number, by: RunRow | null = RUNS[0]): JudgedSeries[] {
  const random = randomFrom(11);
  const judge = judgeOf(by);
  return Array.from({ length: count }, (_, i): JudgedSeries => {
    const verdict = MODALITIES[Math.floor(random() * 4)];
    const unsure = random() < 0.12;
    const probability = unsure ? 0.45 + random() * 0.3 : 0.9 + random() * 0.099;
    const differs = random() < 0.1;
    const sure = differs && !unsure ? 0.9996 : probability;
    const other = MODALITIES[(MODALITIES.indexOf(verdict) + 1) % 4];
    const slices = i % 9 === 4 ? 1 : 1 + Math.floor(random() * 120);
    return {
      key: `${String(i * 7919).padStart(8, 'a')}${String(i).padStart(8, '0')} `,
      sourcePath: `disk-7/DICOM/PAT${String(1 + (i % 23)).padStart(5, '0')}/ST00000${1 + (i % 3)}/SE${String(i + 1).padStart(6, '0')}`,
      number: i % 5 === 3 ? null : 1 + (i % 12),
      imageType: i % 7 === 2 ? 'derived' : 'original',
      description: DESCRIPTIONS[verdict][i % 3],
      objectClass: OBJECT_CLASSES[verdict],
      oddities: [
        ...(i % 7 === 2 ? (['derived'] as const) : []),
        ...(i % 10 === 6 ? (['several-sizes'] as const) : []),
      ],
      verdict: judge && verdict,
      probability: judge && sure,
      probabilities: judge && probabilities(verdict, sure),
      agreement: !judge || slices === 1 ? null : unsure ? 0.6 : 0.97,
      ...tagged(differs ? other : random() < 0.15 ? null : verdict, judge && verdict, i),
      voters: judge ? slices : 0,
      strangeness: judge && (isStrange(i) ? 1.97 + (i % 3) / 100 : ((i * 37) % 90) / 100),
      tagWrong: judge && (differs ? 0.8 : 0.002),
      judge,
      labelSet: DEFAULT_SET,
      judgedAt: '2026-11-23T14:05:00.000Z',
      slices: Array.from({ length: slices }, (_, s) => ({
        path: `disk-7/series-${i + 1}/${s + 1}.dcm`,
        frame: 0,
        instanceNumber: s + 1,
        imageType: i % 7 === 2 ? 'derived' : 'original',
        predicted: judge && verdict,
        probabilities: judge && probabilities(verdict, sure),
        strangeness: judge && (isStrange(i) ? 1.98 : 0.4),
        // Distinct pictures are dear to draw; a few serve all.
        thumbnail: thumbnail(verdict, (i + s) % 6),
      })),
    };
  });
}

const DESCRIPTIONS: Record<Modality, readonly string[]> = {
  CT: ['Thorax 1.0 B31f', 'Abdomen pv 3 mm', 'HEAD W/O'],
  MR: ['t2_tse_sag', 'AX DWI b1000', 'SAG T1 FLAIR'],
  PT: ['PET WB AC', 'PET WB uncorrected', 'Brain FDG'],
  XR: ['Chest PA', 'Hand left AP', 'MLO R'],
};
const ROOT = '1.2.840.10008.5.1.4.1.1.';
const OBJECT_CLASSES: Record<Modality, string> = {
  CT: `${ROOT}2`,
  MR: `${ROOT}4`,
  PT: `${ROOT}128`,
  XR: `${ROOT}1.1`,
};

/** Ultrasounds, and some that no header tells. */
function isStrange(i: number): boolean {
  return i % 13 === 5 || i % 17 === 8;
}

/** Now and then an ultrasound, which no model knows. */
function tagged(tag: Modality | null, verdict: Modality | null, i: number) {
  if (i % 13 === 5)
    return {
      modality: 'US',
      tag: 'other' as const,
      tagState: tagState('other', verdict, MODALITIES),
      objectClass: `${ROOT}6.1`,
      description: 'Abdomen',
    };
  return { modality: tag === 'XR' ? 'DX' : tag, tag, tagState: tagState(tag, verdict, MODALITIES) };
}

function judgeOf(row: RunRow | null): Judge | null {
  if (!row) return null;
  const { network, inputSize, epochs, seed } = row.config;
  const trained = new Date(row.createdMs).toISOString();
  return {
    model: runChoice(row.id),
    title: row.title,
    network,
    inputSize,
    epochs,
    seed,
    weights: null,
    trained,
    calibration: null,
    unknown: { slices: PERCENTILES, series: PERCENTILES },
  };
}

function probabilities(verdict: Modality, probability: number): [number, number, number, number] {
  const rest = 1 - probability;
  const shares = [0.6, 0.3, 0.1];
  let next = 0;
  return MODALITIES.map((label) => (label === verdict ? probability : rest * shares[next++])) as [
    number,
    number,
    number,
    number,
  ];
}

const drawn = new Map<string, Uint8Array>();
function thumbnail(modality: Modality, seed: number): Uint8Array {
  const key = `${modality}${seed}`;
  const pixels = drawn.get(key) ?? phantom(modality, seed, 56);
  drawn.set(key, pixels);
  return pixels;
}

const SECOND_DROP = drop(6000, 3300, { id: 2, startedMs: Date.UTC(2026, 10, 23, 22, 10) });

export const FULL: State = {
  ready: true,
  page: 'data',
  detail: null,
  view: {},
  known: true,
  theme: 'dark',
  reader: '',
  project: { id: 'p1', name: 'Practice project', options: DEFAULT_OPTIONS },
  projects: [
    { id: 'p1', name: 'Practice project', options: DEFAULT_OPTIONS },
    { id: 'p2', name: 'Archive 2019, chest and abdomen', options: DEFAULT_OPTIONS },
  ],
  device: SIMD,
  readOnly: false,
  takingOver: false,
  yielding: false,
  question: null,
  failure: null,
  storedBytes: 620_400_000,
  practice: [],
  caps: null,
  datasets: DATASETS,
  labelSets: [DEFAULT_SET],
  labelSet: DEFAULT_SET,
  labelling: null,
  drops: [],
  folderNames: [],
  history: { undo: null, redo: null },
  ingest: read(drop(40, 4952), 6129, 14.2),
  job: null,
  runs: RUNS,
  testLooks: [],
  otherModels: [],
  starter: null,
  offline: { copy: 'kept', newer: false, lacking: [] },
  live: null,
  queueGoes: false,
  baselines: null,
  finding: null,
  classify: NO_CLASSIFICATION,
  verdictRule: DEFAULT_RULE,
  audit: null,
  guard: null,
  disagreements: null,
  notices: [],
};

export const EMPTY: State = {
  ...FULL,
  project: { id: 'p1', name: 'My project', options: DEFAULT_OPTIONS },
  projects: [{ id: 'p1', name: 'My project', options: DEFAULT_OPTIONS }],
  datasets: [],
  runs: [],
  ingest: null,
  storedBytes: 0,
};

const INGEST = {
  kind: 'ingest',
  done: 4812,
  total: 9300,
  unit: 'files',
  slices: 4630,
  skipped: 12,
  rate: 310.4,
  secondsLeft: 14.2,
} as const;

function training(
  status: RunRow['status'],
  phase: NonNullable<State['live']>['phase'],
  share: number,
): State {
  const config = presetConfig('quick');
  const epochs = Math.floor(config.epochs * share);
  const all = points(600, config.epochs);
  const seen = all.slice(0, Math.floor(all.length * share));
  const totals = {
    preparing: [3, 12],
    training: [74, 208],
    validating: [96, 249],
    evaluating: [2210, 6117],
    paused: [74, 208],
  } as const;
  return {
    ...FULL,
    page: 'train',
    runs: [
      run('live', {
        status,
        history: history(epochs, config.epochs),
        points: [],
        evaluation: null,
        createdMs: Date.UTC(2026, 10, 23, 22),
      }),
      ...RUNS,
    ],
    live: {
      run: 'live',
      phase,
      stopping: null,
      elsewhere: false,
      phaseDone: totals[phase][0],
      phaseTotal: totals[phase][1],
      latest: seen.at(-1) ?? null,
      points: seen,
      watched: watched(share),
    },
  };
}

/** Two slices of each modality; the more it has learned, the surer and the more often right the network is. */
function watched(share: number): NonNullable<State['live']>['watched'] {
  const truths = MODALITIES.flatMap((modality) => [modality, modality]);
  const probabilities = truths.flatMap((truth, at) => {
    const right = 0.25 + 0.6 * share * (at % 3 === 1 ? -0.3 : 1);
    return MODALITIES.map((modality) => (modality === truth ? right : (1 - right) / 3));
  });
  return {
    slices: truths.map((truth, row) => ({
      shard: 0,
      row,
      truth,
      dataset: DATASETS[row % DATASETS.length].id,
      pixels: phantom(truth, row, SLICE_SIDE),
    })),
    probabilities: Float32Array.from(probabilities),
  };
}

const ERROR_NOTICE = {
  id: 1,
  tone: 'error',
  title: 'The files were not all stored.',
  detail: 'The disk is full. Everything up to the last shard is kept.',
  next: 'Free some space, then drop the same folder again: what is stored is not stored twice.',
  action: null,
} as const;

/** The doubts of a full project. */
function doubting(audit: Parameters<typeof makeAuditState>[0]): State {
  return { ...FULL, page: 'label', view: { as: 'doubts' }, audit: makeAuditState(audit) };
}

/** A run that repeats one of the given accuracy. */
function repeating(accuracy: number): State {
  const weights = '0a1b2c3d';
  const then = run('then', {}, accuracy);
  const now = run('again');
  const repeats = {
    ...{ started: '2026-11-22T09:00:00.000Z', commit: 'c', device: SIMD, sameOrder: true, weights },
    ...{ config: then.config, history: then.history, evaluation: then.evaluation!, calibration: null },
  };
  const evaluated = {
    ...{ atMs: now.createdMs, epoch: 8, step: 512, weights, complete: true, datasets: null },
  };
  const repeated = { ...now, title: `${now.title}, repeated`, repeats, evaluated };
  return { ...FULL, page: 'results', detail: 'again', runs: [repeated, ...RUNS] };
}

/** A run that says which data its figures are of. */
export function recorded(id: string, patch: Parameters<typeof run>[1] = {}, accuracy = 0.94): RunRow {
  const made = run(id, patch, accuracy);
  return {
    ...made,
    frozen: { ...made.frozen!, datasets: [makeFrozenDataset('t', 'test')] },
    evaluated: {
      ...{ atMs: made.createdMs, epoch: 8, step: 512, weights: '', complete: true, datasets: null },
    },
  };
}

/** Four runs whose test figures were looked at. */
function looked(): State {
  const runs = [0.94, 0.91, 0.93, 0.9].map((accuracy, i) => {
    const config = presetConfig('quick', i + 1);
    return recorded(`s${i}`, { config, title: `ResNet-18 · 64 · seed ${i + 1}` }, accuracy);
  });
  const testLooks = runs.flatMap((row) => lookAt(row, row.createdMs) ?? []);
  return { ...FULL, page: 'results', detail: 's0', runs, testLooks };
}

/** Two datasets give less than they have. */
const CAPPED: State = {
  ...FULL,
  caps: { seed: 1, slices: { CT: 250, MR: 300 } },
  datasets: FULL.datasets.map((row) => {
    const capped = { ...row.capped, ...overOf(row.counts, 'CT', 250), ...overOf(row.counts, 'MR', 300) };
    const counts = Object.fromEntries(Object.entries(row.counts).map(([id, n]) => [id, n - capped[id]]));
    return { ...row, counts, capped, slices: row.slices - capped.CT - capped.MR };
  }),
};

function overOf(counts: Counts, label: string, most: number): Counts {
  return { [label]: Math.max(0, counts[label] - most) };
}

/** Every view in every state, by `page/state`. */
/** By page and name; every page has one that is full. */
export const STATES: Record<string, () => State> & Record<`${Page}/full`, () => State> = {
  'data/loading': () => ({ ...EMPTY, ready: false, device: null }),
  'data/empty': () => EMPTY,
  'data/choosing': () => ({ ...EMPTY, view: { practice: 'open' } }),
  'data/propose': () => ({
    ...FULL,
    datasets: FULL.datasets.map((row) => ({ ...row, splitFrom: 'proposed' })),
    view: { propose: 'open' },
  }),
  'data/propose-none': () => ({
    ...FULL,
    datasets: FULL.datasets.map((row) => ({ ...row, splitFrom: 'user' })),
    view: { propose: 'open' },
  }),
  'data/capped': () => CAPPED,
  'data/caps': () => ({ ...CAPPED, view: { caps: 'open' } }),
  'data/caps-new': () => ({ ...FULL, view: { caps: 'open' } }),
  'data/caps-heat': () => ({ ...CAPPED, view: { heat: 'open' } }),
  'data/heat': () => ({ ...FULL, view: { heat: 'open' } }),
  'data/table': () => ({ ...FULL, view: { table: 'open' } }),
  'train/fold': () => ({
    ...FULL,
    page: 'train',
    detail: FULL.runs[0].id,
    runs: FULL.runs.map((run) => ({
      ...run,
      config: { ...run.config, fold: { protocol: 'datasets' as const, folds: 5, fold: 1, seed: 1 } },
    })),
  }),
  'data/choices': () => ({ ...FULL, view: { practice: 'open' } }),
  'data/untrained': () => ({ ...FULL, runs: [] }),
  'data/unusable': () => ({
    ...EMPTY,
    drops: [drop(30, 0)],
    ingest: read(drop(30, 0), 0, 0.4),
  }),
  'data/ingesting': () => ({ ...EMPTY, job: INGEST }),
  'data/partial': () => ({
    ...FULL,
    job: INGEST,
    drops: [drop(12, 4800)],
    datasets: DATASETS.slice(0, 6),
    runs: [],
  }),
  'data/leaks': () => ({ ...FULL, view: { guard: 'open' }, guard: makeGuard() }),
  'data/leakStates': () => ({ ...FULL, guard: makeGuard() }),
  'data/unchecked': () => ({ ...FULL, guard: NO_GUARD }),
  'data/comparing': () => ({
    ...FULL,
    guard: makeGuard({
      progress: { doing: 'comparing', done: 900, total: 2310, rate: 612, secondsLeft: 2.3 },
    }),
  }),
  'data/naming': () => ({
    ...FULL,
    datasets: FULL.datasets.map((row, i) => ({ ...row, name: `Dataset ${i + 1}`, nameFrom: 'neutral' })),
    folderNames: FULL.datasets.map(({ id, name }, i) =>
      folderName(id, i === 2 ? 'CD_MUSTERMANN_MAX_19600101' : i === 5 ? 'DOE_JANE' : name),
    ),
  }),
  'data/unasked': () => ({
    ...FULL,
    datasets: FULL.datasets.map((row, i) => ({ ...row, nameFrom: i % 3 ? 'folder' : 'unasked' })),
  }),
  'data/question': () => ({
    ...FULL,
    question: {
      title: 'Store this name?',
      lines: [
        '“DOE_JANE” may be a person’s name. Stored, it stands in reports and tables, too.',
        'So far it is only on this screen.',
      ],
      yes: 'Store it all the same',
      no: 'Don’t store it',
      danger: true,
    },
  }),
  'data/full': () => ({ ...FULL, drops: [drop(12, 5600)] }),
  'data/broken-model': () => ({ ...FULL, runs: [run(BROKEN_RUN)] }),
  'data/slow-model': () => ({ ...FULL, runs: [run(SLOW_RUN)] }),
  'data/series': () => ({ ...FULL, view: { dataset: 'id-sts_sarcoma', list: 'series' } }),
  'data/skipped': () => ({
    ...FULL,
    drops: [drop(40, 600), SECOND_DROP],
    ingest: read(SECOND_DROP, 6129, 31),
  }),
  'data/contradictions': () => ({
    ...FULL,
    datasets: [CONTRADICTED, ...DATASETS],
    view: { dataset: CONTRADICTED.id },
    drops: [drop(14, 600)],
    ingest: read(drop(14, 600), 630, 2.1),
  }),
  'data/nothing': () => ({
    ...EMPTY,
    drops: [drop(30, 0)],
    ingest: read(drop(30, 0), 0, 0.4),
    notices: [
      {
        id: 1,
        ...added({ files: 30, read: 0, other: 0, skipped: 30, slices: 0, known: 0 }, 0, () => {}),
      },
    ],
  }),
  'data/failed': () => ({ ...FULL, notices: [ERROR_NOTICE] }),
  'data/readonly': () => ({ ...FULL, readOnly: true }),
  'data/removed': () => ({
    ...FULL,
    datasets: DATASETS.slice(1),
    notices: [
      {
        id: 1,
        tone: 'info',
        title: 'Removed “mednist”.',
        detail: 'The disk space is freed the next time you open the app.',
        next: '',
        action: { label: 'Undo', run: () => {} },
      },
      { id: 2, tone: 'success', title: 'Report saved.', detail: '', next: '', action: null },
    ],
  }),
  'data/training': () => ({ ...training('running', 'training', 0.4), page: 'data' }),
  'label/empty': () => ({ ...EMPTY, page: 'label' }),
  'label/loading': () => ({ ...EMPTY, page: 'label', ready: false, device: null }),
  'label/reading': () => ({ ...EMPTY, page: 'label', job: INGEST }),
  'label/full': () => ({ ...FULL, page: 'label' }),
  'label/filters': () => ({ ...FULL, page: 'label', view: { label: 'none', kind: 'original' } }),
  'label/none': () => ({ ...FULL, page: 'label', view: { label: 'none', split: 'test', kind: 'capture' } }),
  'label/one': () => ({ ...FULL, page: 'label', view: { as: 'one', item: '2' } }),
  'label/doubts': () => ({ ...FULL, page: 'label', view: { as: 'doubts' } }),
  'label/doubts-first': () => doubting(makeFirstAudit()),
  'label/doubts-running': () =>
    doubting({
      progress: { doing: 'learning', fold: 1, k: 3, done: 0.4, imagesPerSecond: 310, secondsLeft: 200 },
    }),
  'label/doubts-empty': () => doubting({ found: { ...makeAuditState().found!, items: [] } }),
  'label/doubts-unjudged': () =>
    doubting({ found: { ...makeAuditState().found!, items: [], judged: 0, noise: null } }),
  'label/doubts-failed': () => ({
    ...doubting({}),
    notices: [{ ...ERROR_NOTICE, title: 'The answer was not stored.' }],
  }),
  'label/doubts-blocked': () => ({
    ...training('running', 'training', 0.4),
    page: 'label',
    view: { as: 'doubts' },
    audit: makeAuditState(),
  }),
  'label/training': () => ({ ...training('running', 'training', 0.4), page: 'label' }),
  'label/readonly': () => ({ ...FULL, page: 'label', readOnly: true }),
  'label/failed': () => ({
    ...FULL,
    page: 'label',
    notices: [
      {
        ...ERROR_NOTICE,
        title: 'The last 3 labels were not stored. They are put back.',
        detail: 'The disk is full. Nothing of it was stored.',
        next: 'Free some space, then label again.',
      },
    ],
  }),
  'train/nodata': () => ({ ...EMPTY, page: 'train' }),
  'train/finding': () => ({ ...FULL, page: 'train', detail: 'new', finding: makeFinding(41, 'running') }),
  'train/found': () => ({ ...FULL, page: 'train', detail: 'new', finding: makeFinding(88, 'ended') }),
  'train/found-none': () => ({
    ...FULL,
    page: 'train',
    detail: 'new',
    finding: { ...makeFinding(100, 'ended'), found: null },
  }),
  'train/oneclass': () => ({ ...FULL, page: 'train', runs: [], datasets: DATASETS.slice(2, 3) }),
  'train/ready': () => ({ ...FULL, page: 'train', runs: [] }),
  'train/preparing': () => training('running', 'preparing', 0),
  'train/running': () => training('running', 'training', 0.62),
  'train/validating': () => training('running', 'validating', 0.2),
  'train/evaluating': () => training('running', 'evaluating', 1),
  'train/paused': () => training('paused', 'paused', 0.45),
  'train/interrupted': () => ({ ...training('interrupted', 'training', 0.45), live: null, detail: 'live' }),
  'train/saved': () => {
    const state = training('interrupted', 'training', 0.45);
    Object.assign(state.runs[0], {
      saved: { epoch: 4, step: 24, steps: 64 },
      error: {
        title: 'The browser has no room left for this app.',
        detail: 'Saved at epoch 4, step 24. Nothing later is kept.',
        next: 'Delete runs or datasets that you no longer need, or free disk space, and resume then.',
      },
    });
    return { ...state, live: null, detail: 'live' };
  },
  'train/stopping': () => {
    const state = training('running', 'training', 0.62);
    return { ...state, live: { ...state.live!, stopping: 'evaluate' } };
  },
  'train/ending': () => {
    const state = training('running', 'evaluating', 1);
    return { ...state, live: { ...state.live!, stopping: 'model' } };
  },
  'train/changed': () => {
    const odd = history(8, 8).map((epoch) => ({ ...epoch, validateBalancedAccuracy: 0.156 }));
    return { ...FULL, page: 'train', detail: 'changed', runs: [run('changed', { history: odd }), ...RUNS] };
  },
  'train/few': () => ({
    ...FULL,
    page: 'train',
    runs: [],
    datasets: DATASETS.filter(({ name }) => !['mednist', 'sts_sarcoma', 'xr_nih_chest'].includes(name)),
  }),
  'train/failed': () => {
    const state = training('failed', 'training', 0.31);
    state.runs[0].error = {
      title: 'The GPU was lost and did not come back.',
      detail: 'Everything up to epoch 3 is kept.',
      next: 'Start again, or choose the processor under Advanced.',
    };
    return { ...state, detail: 'live' };
  },
  'train/queue': () => ({ ...FULL, page: 'train', detail: 'new', runs: [...RUNS, ...queuedRuns()] }),
  'train/queue-goes': () => {
    const training = STATES['train/running']();
    const runs = training.runs.map((one) =>
      one.id === 'live' ? { ...one, queue: { place: 0, tries: 1, from: null } } : one,
    );
    return { ...training, queueGoes: true, runs: [...runs, ...queuedRuns().slice(1)] };
  },
  'train/many': () => ({ ...FULL, page: 'train', runs: manyRuns() }),
  'results/many': () => ({ ...FULL, page: 'results', runs: manyRuns() }),
  'train/full': () => ({ ...FULL, page: 'train', detail: 'r1' }),
  'train/loaded': () => ({
    ...FULL,
    page: 'train',
    runs: [run('r1', { config: { ...presetConfig('quick'), epochs: 0 }, history: [], points: [] })],
  }),
  'train/baselines': () => ({
    ...FULL,
    page: 'train',
    runs: [...RUNS, ...BASELINE_RUNS],
    baselines: { key: BASELINE_META.neighbours.key, done: 60, total: 100 },
  }),
  'results/baseline': () => ({
    ...FULL,
    page: 'results',
    detail: 'b-header',
    runs: [...RUNS, ...BASELINE_RUNS],
  }),
  'results/baselines': () => ({
    ...FULL,
    page: 'results',
    detail: 'r1',
    runs: [...RUNS, ...BASELINE_RUNS],
  }),
  'train/elsewhere': () => {
    const training = STATES['train/running']();
    return { ...training, readOnly: true, live: training.live && { ...training.live, elsewhere: true } };
  },
  'data/damaged': () => ({
    ...FULL,
    datasets: FULL.datasets.map((row) =>
      row.name !== 'ct_lidc_chest'
        ? row
        : {
            ...row,
            damaged: 12,
            warnings: [
              '12 stored slices are damaged and left out of everything: drop this dataset’s files again to heal them.',
              ...row.warnings,
            ],
          },
    ),
  }),
  'train/question': () => ({
    ...STATES['train/elsewhere'](),
    question: {
      title: 'Take “Practice project” over from the other tab?',
      lines: [
        '“ResNet-18 · 64 · 8 epochs” is being trained there. It is saved at its current step and ends; you can resume it here.',
        'The other tab then only shows the project.',
      ],
      yes: 'Take over',
      no: 'Leave it there',
      danger: false,
    },
  }),
  'settings/delete': () => ({
    ...FULL,
    page: 'settings',
    question: {
      title: 'Delete “Practice project”?',
      lines: [
        '13 datasets with 285 slices, their labels and splits',
        '3 runs with weights, curves and results',
        'This cannot be undone. Your own image files are not touched; other projects stay.',
      ],
      yes: 'Delete for good',
      no: 'Keep it',
      danger: true,
    },
  }),
  'data/newer': () => ({
    ...FULL,
    failure: toErrorRecord(storageError(new DOMException('', 'VersionError'))),
  }),
  'data/version': () => ({ ...FULL, offline: { copy: 'kept', newer: true, lacking: [] } }),
  'train/version': () => ({
    ...training('running', 'training', 0.5),
    offline: { copy: 'kept', newer: true, lacking: [] },
  }),
  'settings/headers': () => ({
    ...FULL,
    page: 'settings',
    offline: {
      copy: 'kept',
      newer: false,
      lacking: ['Content-Security-Policy', 'Cross-Origin-Opener-Policy', 'Cross-Origin-Embedder-Policy'],
    },
  }),
  'settings/server': () => ({
    ...FULL,
    page: 'settings',
    offline: { copy: 'none', newer: false, lacking: [] },
  }),
  'data/gone': () => ({ ...FULL, failure: toErrorRecord(databaseGone()) }),
  'data/server': () => ({
    ...FULL,
    notices: [
      {
        id: 1,
        tone: 'error',
        title: 'Not all files were added.',
        detail: `${serverGone().message} ${serverGone().outcome}`,
        next: serverGone().next,
        action: null,
      },
    ],
  }),
  'train/readonly': () => ({ ...FULL, page: 'train', readOnly: true, runs: [] }),
  'results/twelve': () => ({ ...FULL, page: 'results', runs: RUNS.map(onTwelve) }),
  'results/none': () => ({ ...EMPTY, page: 'results' }),
  'lessons/full': () => ({ ...FULL, page: 'lessons' }),
  'lessons/open': () => ({ ...FULL, page: 'lessons', view: { lesson: '3.1' } }),
  'lessons/train': () => ({ ...training('running', 'training', 0.5), view: { lesson: '1.3' } }),
  'lessons/question': () => ({ ...FULL, page: 'results', view: { lesson: '2.5' } }),
  'results/altered': () => ({ ...FULL, page: 'results', view: { altered: 'border', split: 'validate' } }),
  'results/running': () => ({ ...training('running', 'training', 0.5), page: 'results', detail: 'live' }),
  'results/failed': () => ({ ...STATES['train/failed'](), page: 'results', detail: 'live' }),
  'results/one': () => ({ ...FULL, page: 'results', runs: RUNS.slice(0, 1) }),
  'results/full': () => ({ ...FULL, page: 'results' }),
  'results/changed': () => ({
    ...FULL,
    page: 'results',
    detail: 'changed',
    runs: [
      run('changed', {
        name: 'With augmentation',
        title: 'With augmentation',
        note: 'Before the split was changed.',
      }),
      ...RUNS,
    ],
  }),
  'results/again': () => ({
    ...FULL,
    page: 'results',
    detail: 'again',
    runs: [
      run('again', {
        title: 'ResNet-18 · 64 · 8 epochs · 12 corrections',
        parent: { run: 'r1', corrections: 12 },
      }),
      ...RUNS,
    ],
  }),
  'results/unrecorded': () => ({
    ...FULL,
    page: 'results',
    detail: 'old',
    runs: [run('old', { frozen: null })],
  }),
  'results/unevaluated': () => ({
    ...FULL,
    page: 'results',
    detail: 'later',
    runs: [run('later', { status: 'stopped', evaluation: null }), ...RUNS],
  }),
  'results/closed': () => {
    const closed = recorded('closed', { config: { ...presetConfig('quick'), testOnDemand: true } });
    closed.evaluation!.test = null;
    return { ...looked(), detail: 'closed', runs: [closed, ...looked().runs] };
  },
  'results/looked': looked,
  'results/sizes': () => ({ ...FULL, page: 'results', detail: '1 1', runs: makeSizeRuns() }),
  'results/sizes-few': () => ({
    ...FULL,
    page: 'results',
    detail: '1 1',
    runs: makeSizeRuns(undefined, 1).slice(1),
  }),
  'results/partial': () => {
    const some = run('some');
    some.evaluation!.train = null;
    const evaluated = {
      atMs: some.createdMs,
      epoch: 8,
      step: 512,
      weights: '',
      complete: false,
      datasets: null,
    };
    return { ...FULL, page: 'results', detail: 'some', runs: [{ ...some, evaluated }, ...RUNS] };
  },
  'results/repeated': () => repeating(0.94),
  'results/differing': () => repeating(0.91),
  'results/readonly': () => ({ ...FULL, page: 'results', readOnly: true }),
  'classify/nomodel': () => ({ ...EMPTY, page: 'classify' }),
  'classify/ready': () => ({ ...FULL, page: 'classify' }),
  'classify/starter': () => ({ ...EMPTY, page: 'classify', starter: STARTER_FACTS }),
  'classify/running': () => ({
    ...FULL,
    page: 'classify',
    job: { ...INGEST, kind: 'classify', done: 1810, total: 5200, rate: 128 },
    classify: { model: runChoice('r1'), files: 1810, seconds: null, series: verdicts(9), skipped: [] },
  }),
  'classify/full': () => ({
    ...FULL,
    page: 'classify',
    classify: {
      model: runChoice('r1'),
      files: 5200,
      seconds: 42.3,
      series: verdicts(214),
      skipped: skipped(18),
    },
  }),
  'classify/disk': () => ({
    ...FULL,
    page: 'classify',
    classify: {
      model: runChoice('r1'),
      files: 443,
      seconds: 9.3,
      series: verdicts(28),
      skipped: skipped(14),
    },
  }),
  'classify/unjudged': () => ({
    ...EMPTY,
    page: 'classify',
    classify: { model: null, files: 443, seconds: 2.7, series: verdicts(28, null), skipped: skipped(14) },
  }),
  'classify/switching': () => ({
    ...FULL,
    page: 'classify',
    detail: 'r2',
    job: { ...INGEST, kind: 'classify', done: 120, total: 443, rate: 41 },
    classify: {
      model: runChoice('r2'),
      files: 120,
      seconds: null,
      series: [...verdicts(28, RUNS[1]).slice(0, 9), ...verdicts(28).slice(9)],
      skipped: [],
    },
  }),
  'classify/mixed': () => ({
    ...FULL,
    page: 'classify',
    detail: 'r2',
    classify: {
      model: runChoice('r2'),
      files: 443,
      seconds: null,
      series: [...verdicts(28, RUNS[1]).slice(0, 9), ...verdicts(28).slice(9)],
      skipped: [],
    },
  }),
  'classify/failed': () => ({
    ...FULL,
    page: 'classify',
    notices: [
      {
        ...ERROR_NOTICE,
        title: 'Classifying stopped.',
        detail: 'The model’s weights are damaged. Nothing was changed.',
        next: 'Choose another run.',
      },
    ],
  }),
  'data/unknown': () => ({ ...FULL, known: false }),
  'results/unknown': () => ({ ...FULL, page: 'results', detail: 'gone' }),
  'settings/full': () => ({ ...FULL, page: 'settings' }),
  'settings/sets': () => ({
    ...FULL,
    page: 'settings',
    labelSets: [DEFAULT_SET, ...EXAMPLE_SETS],
    labelSet: EXAMPLE_SETS[0],
  }),
  'settings/nodevice': () => ({ ...EMPTY, page: 'settings', device: null }),
};
