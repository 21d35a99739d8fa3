/** Finished runs of a large project, with curves, evaluations and predictions as a training leaves them. */
import type { DatasetRecord } from '../../src/core/dataset/record.ts';
import type { ShardIndex } from '../../src/core/dataset/shard.ts';
import { type DatasetIndex, evaluationSteps, finished } from '../../src/core/evaluate/split.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { hash32 } from '../../src/core/random.ts';
import { classIds } from '../../src/core/train/labelSetOf.ts';
import { freezeDatasets } from '../../src/core/train/manifest.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import { factsOf, subjectsOf } from '../../src/core/train/subjects.ts';
import { SPLITS, type Split } from '../../src/core/types.ts';
import type { PredictionRecord, ProjectRecord, RunRecord } from '../../src/storage/port.ts';

export type MadeRun = { record: RunRecord; predictions: PredictionRecord[] };

const NETWORKS = ['resnet18', 'resnet50', 'vgg16'] as const;
const EPOCHS = 20;
const POINTS = 1000;
const STEPS = 4000;
const BEGUN_MS = Date.UTC(2026, 10, 1);
const APART_MS = 3_600_000;
/** Intervals take seconds: so many different answers, each of several runs. */
const ANSWERS = 6;
/** Of 2³². */
const PARTS = 0x1_0000_0000;

const labels = classIds(DEFAULT_SET);
const share = (...at: [number, number, number]) => hash32(...at) / PARTS;

type Stored = { project: ProjectRecord; datasets: readonly DatasetRecord[]; indexes: readonly ShardIndex[] };

/** Every third run has the name that its settings give it, the others that of a queue. */
export function* makeRuns(count: number, { project, datasets, indexes }: Stored): Generator<MadeRun> {
  const frozen = freezeDatasets(datasets, indexes, labels);
  const answers = Array.from({ length: Math.min(ANSWERS, count) }, (_, kind) =>
    SPLITS.map((split) => answered(kind, split, datasets, indexes)),
  );
  for (let i = 0; i < count; i++) {
    const id = `run-${String(i).padStart(4, '0')}`;
    const [train, validate, test] = answers[i % ANSWERS];
    const network = NETWORKS[i % NETWORKS.length];
    const seed = 1 + Math.floor(i / NETWORKS.length);
    yield {
      predictions: [train, validate, test].map(({ columns }) => ({ ...columns, run: id })),
      record: {
        id,
        project: project.id,
        createdMs: BEGUN_MS + i * APART_MS,
        config: {
          ...presetConfig('quick', seed),
          network,
          epochs: EPOCHS,
          learningRate: 0.01 * (1 + (i % 4)),
        },
        labelSet: DEFAULT_SET,
        status: 'finished',
        title: i % 3 === 0 ? null : `Study of the autumn · ${network} · seed ${seed}`,
        note: i % 7 === 0 ? 'Compare with the one before.' : '',
        ...(i % 2 === 0 && { tags: ['study', i % 4 === 0 ? 'pilot' : 'night'] }),
        frozen: {
          app: { version: '0.1.0', commit: 'bench' },
          options: project.options,
          drop: null,
          guard: null,
          datasets: frozen,
        },
        saved: { epoch: EPOCHS, step: STEPS / EPOCHS, steps: STEPS / EPOCHS },
        evaluated: {
          atMs: BEGUN_MS + (i + 1) * APART_MS,
          epoch: EPOCHS,
          step: STEPS,
          weights: hash32(20, i, 0).toString(16).padStart(8, '0'),
          complete: true,
          datasets: null,
        },
        parameters: 11_172_805 + i,
        device: { name: 'simd', adapter: null, threads: 2, reason: 'Made for a benchmark.' },
        history: Array.from({ length: EPOCHS }, (_, at) => epochOf(i, at + 1)),
        points: Array.from({ length: POINTS }, (_, at) => pointOf(i, at + 1)),
        evaluation: {
          train: train.evaluation,
          validate: validate.evaluation,
          test: test.evaluation,
        },
        calibration: null,
        imagesPerSecond: 70 + (i % 9),
        firstPointSeconds: 3,
        error: null,
      },
    };
  }
}

/** Runs that have not begun. */
export function queuedRuns(count: number, project: ProjectRecord): RunRecord[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `waits-${String(i).padStart(4, '0')}`,
    project: project.id,
    createdMs: BEGUN_MS - (count - i) * APART_MS,
    config: { ...presetConfig('quick', 1 + i), network: NETWORKS[i % NETWORKS.length] },
    labelSet: DEFAULT_SET,
    status: 'queued',
    title: `Night · ${NETWORKS[i % NETWORKS.length]} · seed ${1 + i}`,
    note: '',
    queue: { place: i + 1, tries: 0, from: null },
    frozen: null,
    saved: null,
    evaluated: null,
    parameters: null,
    device: null,
    history: [],
    points: [],
    evaluation: null,
    imagesPerSecond: null,
    firstPointSeconds: null,
    error: null,
  }));
}

function answered(
  kind: number,
  split: Split,
  datasets: readonly DatasetRecord[],
  indexes: readonly ShardIndex[],
) {
  const own = datasets.filter((one) => one.split === split);
  const placeOf = new Map(own.map(({ id }, at) => [id, at]));
  const found: { shard: number; row: number; truth: number; dataset: number }[] = [];
  for (const index of indexes) {
    for (let row = 0; row < index.count; row++) {
      const dataset = placeOf.get(index.datasets[index.dataset[row]]);
      const truth = index.label[row];
      if (dataset === undefined || truth >= labels.length) continue;
      found.push({ shard: index.shard, row, truth, dataset });
    }
  }
  const truth = Uint8Array.from(found, (one) => one.truth);
  const columns = {
    split,
    shard: Uint32Array.from(found, (one) => one.shard),
    row: Uint32Array.from(found, (one) => one.row),
    truth,
    datasets: own.map(({ id }) => id),
    datasetOf: Uint16Array.from(found, (one) => one.dataset),
    probabilities: probabilitiesOf(kind, found),
  };
  const groups: DatasetIndex = { datasetOf: columns.datasetOf, datasets: own };
  const facts = factsOf(columns, indexes);
  const judged = { truth, probabilities: columns.probabilities };
  const evaluation = finished(evaluationSteps(judged, labels, groups, facts && subjectsOf(facts)));
  return { columns, evaluation };
}

/** Of a dataset that is hard, fewer are right. */
function probabilitiesOf(kind: number, slices: readonly { truth: number; dataset: number }[]): Float32Array {
  const of = new Float32Array(slices.length * labels.length);
  slices.forEach(({ truth, dataset }, i) => {
    const right = share(21, i, kind) < 0.97 - 0.4 * share(22, dataset, 0) - 0.02 * kind;
    const said = right ? truth : (truth + 1 + (i % (labels.length - 1))) % labels.length;
    const sure = 0.4 + 0.6 * share(23, i, kind);
    of.fill((1 - sure) / (labels.length - 1), i * labels.length, (i + 1) * labels.length);
    of[i * labels.length + said] = sure;
  });
  return of;
}

function epochOf(run: number, epoch: number): RunRecord['history'][number] {
  const loss = 1.4 * Math.exp(-epoch / (5 + (run % 5)));
  return {
    epoch,
    trainLoss: loss,
    trainAccuracy: 1 - loss / 2,
    validateLoss: loss + 0.2,
    validateAccuracy: 0.9 - loss / 2,
    validateBalancedAccuracy: 0.88 - loss / 2,
    learningRate: 0.02,
    seconds: 60 + (run % 9),
    imagesPerSecond: 70,
  };
}

function pointOf(run: number, at: number): RunRecord['points'][number] {
  const epoch = (at * EPOCHS) / POINTS;
  const loss = 1.4 * Math.exp(-epoch / (5 + (run % 5))) * (0.8 + 0.4 * share(24, at, run));
  return {
    step: (at * STEPS) / POINTS,
    epoch,
    loss,
    accuracy: Math.max(0, 1 - loss / 2),
    learningRate: 0.02,
    imagesPerSecond: 70,
    dataWait: 0.02,
    secondsLeft: 0,
  };
}
