/** Downloads: the report, tables as CSV, and weights, all made on this machine. */

import { runIn } from '../core/classify/choice.ts';
import { dropRoot } from '../core/classify/sourcePath.ts';
import { type Cell, csv } from '../core/csv.ts';
import { writeDatasetsCsv } from '../core/dataset/table.ts';
import { LabError } from '../core/errors.ts';
import { FACETS, type FacetName } from '../core/evaluate/facets.ts';
import { classificationRecord, seriesCsv, slicesCsv } from '../core/export/classification.ts';
import { classificationPage } from '../core/export/classificationPage.ts';
import { runManifest } from '../core/export/manifest.ts';
import { buildReport } from '../core/export/report.ts';
import { writeSafetensors } from '../core/export/safetensors.ts';
import {
  confusionCsv,
  type FacetRow,
  facetCsv,
  figuresCsv,
  filesCsv,
  historyCsv,
  metricsCsv,
  perDatasetCsv,
  skippedCsv,
} from '../core/export/tables.ts';
import { writeManifest } from '../core/files/manifest.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import { writeLabelSet } from '../core/labels/setFile.ts';
import { weightsHash } from '../core/train/checkpoint.ts';
import { classIds, labelSetOf } from '../core/train/labelSetOf.ts';
import type { FrozenDataset } from '../core/train/manifest.ts';
import { recordedConfig } from '../core/train/run.ts';
import { SLICE_SIDE, type Split } from '../core/types.ts';
import { weightsOf } from '../storage/weights.ts';
import type { Unit } from './breakdown.ts';
import { BUILD } from './build.ts';
import { attempt, type Context } from './context.ts';
import { factsOf } from './facts.ts';
import { runFile } from './fileName.ts';
import { createLabelChanges } from './labelChanges.ts';
import type { LookActions } from './looks.ts';
import { onnxOf } from './onnx.ts';
import { anyRun } from './otherModels.ts';
import type { RunRow, State } from './state.ts';
import { studyOf, studyRun } from './study.ts';

export type Download =
  | { kind: 'report'; run: string }
  /** From which a run is repeated; the report holds it, too. */
  | { kind: 'manifest'; run: string }
  /** One page to print, of one run or of several side by side; that first which was open. */
  | { kind: 'study' | 'study-json'; runs: readonly string[] }
  | { kind: 'model-card'; run: string }
  | { kind: 'per-dataset'; run: string }
  | { kind: 'metrics'; run: string }
  | { kind: 'figures'; run: string }
  | { kind: 'confusion'; run: string }
  /** `scores`: the shown rows, in order. */
  | {
      kind: 'facet';
      run: string;
      split: Split;
      unit: Unit;
      facet: FacetName;
      scores: readonly FacetRow[];
    }
  /** A chart; without a run it is of the project. No drawing: the browser could not draw it. */
  | { kind: 'drawing'; run: string | null; name: string; drawing: Blob | null }
  /** What a page or a chart shows in numbers. */
  | {
      kind: 'table';
      run: string | null;
      name: string;
      head: readonly string[];
      rows: readonly (readonly Cell[])[];
    }
  | { kind: 'history'; run: string }
  | { kind: 'weights'; run: string }
  | { kind: 'onnx'; run: string }
  /** `keys`: the shown series, in order. */
  | { kind: 'classify-csv' | 'classify-slices' | 'classify-json' | 'classify-page'; keys: readonly string[] }
  | { kind: 'datasets' }
  | { kind: 'datasets-csv' }
  | { kind: 'label-set'; set: LabelSet }
  | { kind: 'skipped' }
  | { kind: 'classify-skipped' };

export type ReportActions = {
  download(what: Download, options?: { fileNames: boolean }): Promise<void>;
};

type Made = { name: string; type: string; content: string | Uint8Array<ArrayBuffer> | Blob };

/** Of what has figures of every split. */
const READS_TEST: readonly Download['kind'][] = [
  ...(['report', 'manifest', 'study', 'study-json', 'model-card'] as const),
  ...(['per-dataset', 'metrics', 'figures', 'confusion'] as const),
];

/**
 * @param save saves a file through the browser's downloads
 * @param lookAtTest notes that test figures of runs are read
 */
export function createReportCommands(
  context: Context,
  save: (name: string, blob: Blob) => void = saveFile,
  lookAtTest: LookActions['lookAtTest'] = async () => undefined,
): ReportActions {
  return {
    download: async (what, options) => {
      await attempt(context, 'The file was not made.', async () => {
        if (READS_TEST.includes(what.kind))
          await lookAtTest('runs' in what ? what.runs : 'run' in what && what.run ? [what.run] : []);
        const { name, type, content } = await make(what, context, options?.fileNames ?? false);
        save(name, new Blob([content], { type }));
      });
    },
  };
}

async function make(what: Download, context: Context, fileNames: boolean): Promise<Made> {
  const { get, store } = context;
  const state = get();
  const nameOf = (kind: string) => {
    const run = 'run' in what ? what.run : '';
    return run === null ? `modality-lab-${kind}` : runFile(runOf(state, run), kind);
  };
  switch (what.kind) {
    case 'report':
      return json(nameOf('report'), await reportOf(context, runOf(state, what.run), fileNames));
    case 'manifest':
      return json(nameOf('run'), runManifest(await factsOf(context, runOf(state, what.run))));
    case 'study':
    case 'study-json': {
      const runs = what.runs.map((id) => evaluated(state, id));
      // Loaded on demand: few sessions write a report.
      const { studyPage, studyRecord } = await import('../core/export/study/index.ts');
      const input = await studyOf(context, runs);
      const name = runFile(runs[0], runs.length > 1 ? `report-of-${runs.length}` : 'report');
      if (what.kind === 'study-json') return json(`${name}-figures`, studyRecord(input));
      const content = studyPage(input);
      return { name: `${name}.html`, type: 'text/html;charset=utf-8', content };
    }
    case 'model-card': {
      const { cardText } = await import('../core/export/study/card.ts');
      const run = await studyRun(context, evaluated(state, what.run));
      const content = cardText(run, { commit: BUILD.commit, made: new Date().toISOString() });
      return { name: `${nameOf('model-card')}.md`, type: 'text/markdown;charset=utf-8', content };
    }
    case 'per-dataset':
      return csvFile(nameOf('per-dataset'), perDatasetCsv(evaluationOf(state, what.run)));
    case 'metrics':
      return csvFile(
        nameOf('metrics'),
        metricsCsv(evaluationOf(state, what.run), await labelChangesOf(context, what.run)),
      );
    case 'figures':
      return csvFile(nameOf('figures'), figuresCsv(evaluationOf(state, what.run)));
    case 'confusion':
      return csvFile(nameOf('confusion'), confusionCsv(evaluationOf(state, what.run)));
    case 'facet': {
      const { split, unit: counted, facet, scores } = what;
      return csvFile(
        nameOf(`per-${facet}-${split}`),
        facetCsv({ split, counted, facet: FACETS[facet].label.toLowerCase() }, scores),
      );
    }
    case 'drawing': {
      if (!what.drawing) throw notDrawn();
      const { type } = what.drawing;
      const name = `${nameOf(what.name)}.${type === 'image/png' ? 'png' : 'svg'}`;
      return { name, type, content: new Uint8Array(await what.drawing.arrayBuffer()) };
    }
    case 'table':
      return csvFile(nameOf(what.name), csv(what.head, what.rows));
    case 'history':
      return csvFile(nameOf('history'), historyCsv(runOf(state, what.run).history));
    case 'weights':
      return weights(runOf(state, what.run), store, nameOf('weights'));
    case 'onnx': {
      const { name, type, content } = await weights(runOf(state, what.run), store, nameOf('model'));
      return { name: name.replace(/safetensors$/, 'onnx'), type, content: await onnxOf(content) };
    }
    case 'classify-csv':
    case 'classify-slices':
    case 'classify-json':
    case 'classify-page':
      return classificationOf(what, state, fileNames);
    case 'datasets':
      return json('datasets', writeManifest(state.datasets));
    case 'datasets-csv':
      return csvFile('datasets', writeDatasetsCsv(state.datasets));
    case 'label-set': {
      // Its id: a set's name may have characters that a file's name may not.
      const name = `modality-lab-label-set-${what.set.id}.json`;
      return { name, type: 'application/json', content: writeLabelSet(what.set) };
    }
    case 'skipped':
      return csvFile('modality-lab-skipped', filesCsv(state.drops.at(-1) ?? null, { fileNames }));
    case 'classify-skipped':
      return csvFile('modality-lab-classify-skipped', skippedCsv(state.classify.skipped, { fileNames }));
    default:
      return what satisfies never;
  }
}

async function reportOf(context: Context, run: RunRow | undefined, fileNames: boolean) {
  const { get } = context;
  const { classify, ingest, drops, datasets, device } = get();
  // For a run: the files read before it, not later drops.
  const read = run ? (run.frozen?.drop ?? null) : ingest;
  const drop = drops.find(({ startedMs }) => startedMs === read?.startedMs);
  return buildReport({
    commit: run?.frozen?.app.commit ?? BUILD.commit,
    browser: navigator.userAgent,
    device: run?.device ?? device,
    ingest: read,
    drop: drop ?? null,
    labelSet: get().labelSet,
    datasets,
    run: run ? { ...run, facts: await factsOf(context, run) } : null,
    classify:
      classify.seconds === null
        ? null
        : {
            files: classify.files,
            slices: classify.series.reduce((sum, { slices }) => sum + slices.length, 0),
            series: classify.series.length,
            seconds: classify.seconds,
          },
    fileNames,
  });
}

async function labelChangesOf({ get, store }: Context, id: string) {
  const state = get();
  return createLabelChanges(store).of(state.project.id, state.datasets, runOf(state, id));
}

/** The model behind the run's figures, with all that is needed to use it elsewhere; of the data only counts. */
async function weights(
  run: RunRow,
  store: Context['store'],
  name: string,
): Promise<Made & { content: Uint8Array<ArrayBuffer> }> {
  const record = await store.run(run.id);
  const checkpoint = record && (await weightsOf(store, record));
  if (!checkpoint) throw noModel();
  const { network, inputSize, outliers } = run.config;
  const labelSet = labelSetOf(record);
  const content = writeSafetensors({
    model: checkpoint.trainer.model,
    metadata: {
      format: 'pt',
      network,
      labels: JSON.stringify(classIds(labelSet)),
      labelSet: JSON.stringify(labelSet),
      size: String(inputSize),
      // Its last output is then that of no class.
      ...(outliers ? { outliers: String(outliers) } : {}),
      ...(record.calibration ? { calibration: JSON.stringify(record.calibration) } : {}),
      preprocessing: JSON.stringify({
        side: SLICE_SIDE,
        resize: 'aspect ratio not kept',
        scale: 'min-max per slice to uint8, then divided by 255',
        reduce: inputSize === SLICE_SIDE ? 'none' : `area average to ${inputSize}`,
      }),
      ...(run.frozen
        ? { trainingSlices: JSON.stringify(trainingSlices(run.frozen.datasets, classIds(labelSet))) }
        : {}),
      ...(run.frozen ? { options: JSON.stringify(run.frozen.options) } : {}),
      config: JSON.stringify(recordedConfig(run.config)),
      started: new Date(run.createdMs).toISOString(),
      epochs: String(checkpoint.epoch),
      steps: String(checkpoint.step),
      weights: weightsHash(checkpoint.trainer.model),
      app: `Modality Lab ${run.frozen?.app.commit ?? BUILD.commit}`,
    },
  });
  return { name: `${name}.safetensors`, type: 'application/octet-stream', content };
}

function trainingSlices(datasets: readonly FrozenDataset[], labels: readonly string[]) {
  const train = datasets.filter(({ split }) => split === 'train');
  const slices = (label: string) => train.reduce((sum, { counts }) => sum + (counts[label] ?? 0), 0);
  return Object.fromEntries(labels.map((label) => [label, slices(label)]));
}

/** The requested series in the requested order; nothing of the project's own data. */
function classificationOf(
  { kind, keys }: Extract<Download, { keys: unknown }>,
  state: State,
  fileNames: boolean,
): Made {
  const { classify, verdictRule: rule, device } = state;
  const byKey = new Map(classify.series.map((series) => [series.key, series]));
  const series = keys.flatMap((key) => byKey.get(key) ?? []);
  const options = { fileNames, root: dropRoot(classify.series), commit: BUILD.commit, rule };
  if (kind === 'classify-csv') return csvFile('modality-lab-classify', seriesCsv(series, options));
  if (kind === 'classify-slices') return csvFile('modality-lab-classify-slices', slicesCsv(series, options));
  const { files, seconds, skipped } = classify;
  const total = classify.series.length;
  if (kind === 'classify-page') {
    const content = classificationPage({ files, skipped, series, total }, options);
    return { name: 'modality-lab-classify.html', type: 'text/html;charset=utf-8', content };
  }
  const record = classificationRecord(
    {
      browser: navigator.userAgent,
      device: anyRun(state, runIn(classify.model))?.device ?? device,
      files,
      seconds,
      skipped,
      series,
      total,
    },
    options,
  );
  return json('modality-lab-classify', record);
}

function runOf({ runs }: State, id: string): RunRow {
  const run = runs.find((row) => row.id === id);
  if (!run) {
    throw new LabError(
      'run-missing',
      'This run is no longer stored.',
      'Nothing was saved.',
      'Choose another run.',
    );
  }
  return run;
}

function evaluationOf(state: State, id: string) {
  return evaluated(state, id).evaluation;
}

function evaluated(state: State, id: string) {
  const run = runOf(state, id);
  const { evaluation } = run;
  if (evaluation) return { ...run, evaluation };
  throw new LabError(
    'not-evaluated',
    'This run has no results yet.',
    'Nothing was saved.',
    'Let it end, or press Evaluate on the Results page.',
  );
}

function noModel(): LabError {
  return new LabError(
    'model-missing',
    'This run has no stored model yet.',
    'Nothing was saved.',
    'Let it train for half a minute first.',
  );
}

function notDrawn(): LabError {
  return new LabError(
    'not-drawn',
    'This browser could not draw the chart.',
    'Nothing was saved.',
    'Save it as SVG.',
  );
}

function csvFile(name: string, content: string): Made {
  return { name: `${name}.csv`, type: 'text/csv;charset=utf-8', content };
}

function json(name: string, value: unknown): Made {
  const content = `${JSON.stringify(value, null, 2)}\n`;
  return { name: `${name}.json`, type: 'application/json', content };
}

export function saveFile(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // Once started, the download keeps its own reference to the blob.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
