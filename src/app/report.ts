/** Downloads: the report, tables as CSV, and weights, all made on this machine. */
import { LabError } from '../core/errors.ts';
import { buildReport } from '../core/export/report.ts';
import { writeSafetensors } from '../core/export/safetensors.ts';
import {
  classifyCsv,
  confusionCsv,
  historyCsv,
  perDatasetCsv,
  seriesRows,
  skippedCsv,
} from '../core/export/tables.ts';
import { MODALITIES, SLICE_SIDE } from '../core/types.ts';
import { attempt, type Context } from './context.ts';
import type { Actions, Download, RunRow, State } from './state.ts';

/** Set by the build. */
declare const __COMMIT__: string;

export type ReportCommands = Pick<Actions, 'download'>;

type Made = { name: string; type: string; content: string | Uint8Array<ArrayBuffer> };

/** @param save hands a file to the browser's downloads */
export function createReportCommands(
  context: Context,
  save: (name: string, blob: Blob) => void = saveFile,
): ReportCommands {
  return {
    download: async (what, options) => {
      await attempt(context, 'The file was not made.', async () => {
        const { name, type, content } = await make(what, context, options?.fileNames ?? false);
        save(name, new Blob([content], { type }));
      });
    },
  };
}

async function make(what: Download, { get, store }: Context, fileNames: boolean): Promise<Made> {
  const state = get();
  switch (what.kind) {
    case 'report':
      return json('report', reportOf(state, runOf(state, what.run), fileNames));
    case 'per-dataset':
      return csvFile('per-dataset', perDatasetCsv(evaluationOf(state, what.run)));
    case 'confusion':
      return csvFile('confusion', confusionCsv(evaluationOf(state, what.run)));
    case 'history':
      return csvFile('history', historyCsv(runOf(state, what.run).history));
    case 'weights':
      return weightsOf(runOf(state, what.run), state, store);
    case 'classify-csv':
      return csvFile('classify', classifyCsv(state.classify.series, { fileNames }));
    case 'classify-json':
      return json('classify', {
        ...reportOf(state, classifyingRun(state), fileNames),
        series: seriesRows(state.classify.series, { fileNames }),
      });
    case 'skipped':
      return csvFile('skipped', skippedCsv(state.skipped, { fileNames }));
    case 'classify-skipped':
      return csvFile('classify-skipped', skippedCsv(state.classify.skipped, { fileNames }));
    default:
      return what satisfies never;
  }
}

function reportOf(state: State, run: RunRow | undefined, fileNames: boolean) {
  const { classify, ingest, skipped, datasets } = state;
  return buildReport({
    commit: __COMMIT__,
    browser: navigator.userAgent,
    device: run?.device ?? state.device,
    ingest,
    skipped,
    datasets,
    run: run ?? null,
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

/** The model as it was last saved, with what is needed to use it elsewhere and nothing of the data but counts. */
async function weightsOf(run: RunRow, { datasets }: State, store: Context['store']): Promise<Made> {
  const checkpoint = await store.latestCheckpoint(run.id);
  if (!checkpoint) throw noModel();
  const { network, size } = run.config;
  const slices = (modality: (typeof MODALITIES)[number]) =>
    datasets.filter(({ split }) => split === 'train').reduce((sum, { counts }) => sum + counts[modality], 0);
  const content = writeSafetensors({
    model: checkpoint.trainer.model,
    metadata: {
      format: 'pt',
      network,
      labels: JSON.stringify(MODALITIES),
      size: String(size),
      preprocessing: JSON.stringify({
        side: SLICE_SIDE,
        resize: 'aspect ratio not kept',
        scale: 'min-max per slice to uint8, then divided by 255',
        reduce: size === SLICE_SIDE ? 'none' : `area average to ${size}`,
      }),
      trainingSlices: JSON.stringify(Object.fromEntries(MODALITIES.map((label) => [label, slices(label)]))),
      epochs: String(checkpoint.epoch),
      steps: String(checkpoint.step),
      app: `Modality Lab ${__COMMIT__}`,
    },
  });
  return { name: `modality-lab-${network}-${size}.safetensors`, type: 'application/octet-stream', content };
}

function classifyingRun({ runs, classify }: State): RunRow | undefined {
  return runs.find(({ id }) => id === classify.run);
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
  const { evaluation } = runOf(state, id);
  if (evaluation) return evaluation;
  throw new LabError(
    'not-evaluated',
    'This run has no results yet.',
    'Nothing was saved.',
    'Let it end, or resume it.',
  );
}

function noModel(): LabError {
  return new LabError(
    'model-missing',
    'This run has no stored model yet.',
    'Nothing was saved.',
    'Let it train for an epoch first.',
  );
}

function csvFile(name: string, content: string): Made {
  return { name: `modality-lab-${name}.csv`, type: 'text/csv;charset=utf-8', content };
}

function json(name: string, value: unknown): Made {
  const content = `${JSON.stringify(value, null, 2)}\n`;
  return { name: `modality-lab-${name}.json`, type: 'application/json', content };
}

function saveFile(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The download has its own hold on the blob once it began.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
