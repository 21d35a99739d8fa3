/**
 * Classification of dropped files: decoded as at ingest, reduced as in training, predicted, combined per series.
 * Without a model the series are listed by their headers. Stores nothing.
 */
import type { IngestOptions } from '../dataset/options.ts';
import type { Calibration } from '../evaluate/calibration.ts';
import type { FileBatch } from '../files/fileBatch.ts';
import type { Decoder } from '../files/pool.ts';
import type { JobProgress } from '../files/progress.ts';
import { readFiles, type Source } from '../files/readFiles.ts';
import { createReporter } from '../files/reporter.ts';
import type { SliceBatch } from '../files/sliceBatch.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import type { CallContext } from '../rpc.ts';
import type { Answers } from '../train/answers.ts';
import { createReduce } from '../train/reduce.ts';
import { SLICE_BYTES } from '../types.ts';
import type { ClassifyEvent } from './contract.ts';
import { createSeriesCollector } from './seriesCollector.ts';
import { THUMBNAIL_SIDE } from './thumbnails.ts';
import type { SeriesVerdict } from './verdict.ts';

/** Slices per prediction batch. */
const BATCH = 64;
/** Interval of reporting series. */
const REPORT_MS = 300;

export type ClassifyParts = {
  spawn: () => Decoder;
  workers: number;
  /** The project's key: series are identified by keyed hashes, as at ingest. */
  key: CryptoKey;
  /** null: series are listed but not judged. */
  model: Model | null;
  /** What the model tells apart, and what headers are compared with: by default the same. */
  labelSet: LabelSet;
  headers?: LabelSet;
  nowMs: () => number;
};

export type Model = {
  /** Side of the network's input. */
  inputSize: number;
  /** null: it says nothing of how its probabilities are to be read. */
  calibration: Calibration | null;
  /** Of n·inputSize² pixels. */
  predict(pixels: Uint8Array, n: number): Promise<Answers>;
};

export async function classify(
  parts: ClassifyParts,
  args: { batches: AsyncIterable<FileBatch[]>; options: IngestOptions },
  { signal, emit }: CallContext<ClassifyEvent>,
): Promise<JobProgress> {
  const { model, labelSet, headers, key, spawn, workers, nowMs } = parts;
  const { batches, options } = args;
  /** Pixels of a slice at the network's input size. */
  const area = model ? model.inputSize ** 2 : 0;
  const reporter = createReporter((event) => {
    // No file is labelled here, so there are no label remarks.
    if (event.kind !== 'remarks') emit(event);
  });
  const collector = createSeriesCollector(labelSet, headers, {
    ...(model?.calibration && { calibration: model.calibration }),
    unknown: model?.calibration?.unknown ?? null,
  });
  const reduce = model && createReduce(model.inputSize);
  const shrink = createReduce(THUMBNAIL_SIDE);
  const pixels = new Uint8Array(BATCH * area);
  let waiting: ((probabilities: Float32Array | null, strangeness: number | null) => void)[] = [];
  let reportedMs = nowMs();

  async function predict(): Promise<void> {
    const predicted = waiting;
    if (predicted.length === 0) return;
    waiting = [];
    const answers =
      model && (await model.predict(pixels.subarray(0, predicted.length * area), predicted.length));
    const classes = labelSet.classes.length;
    predicted.forEach((give, i) => {
      give(
        answers?.probabilities.slice(i * classes, (i + 1) * classes) ?? null,
        answers?.strangeness?.[i] ?? null,
      );
    });
    reporter.progress.slices += predicted.length;
    if (nowMs() - reportedMs >= REPORT_MS) report(collector.grown());
  }

  function report(series: SeriesVerdict[]): void {
    reportedMs = nowMs();
    if (series.length > 0) emit({ kind: 'series', series });
  }

  async function take(slices: SliceBatch, { path }: Source): Promise<void> {
    for (let i = 0; i < slices.count; i++) {
      const thumbnail = new Uint8Array(THUMBNAIL_SIDE * THUMBNAIL_SIDE);
      shrink(slices.pixels, i * SLICE_BYTES, thumbnail, 0);
      reduce?.(slices.pixels, i * SLICE_BYTES, pixels, waiting.length * area);
      const instanceNumber = slices.instanceNumber[i] < 0 ? null : slices.instanceNumber[i];
      const slice = { path, frame: slices.frame[i], instanceNumber, thumbnail };
      const number = slices.seriesNumber ?? null;
      waiting.push((probabilities, strangeness) =>
        collector.add(slices.series!, number, { ...slice, strangeness }, probabilities, slices.heading),
      );
      if (waiting.length === BATCH) await predict();
    }
    reporter.gave('any');
  }

  try {
    await readFiles(
      batches,
      { spawn, workers, key, preprocessing: { ...options, heading: true }, reporter },
      take,
      signal,
    );
    await predict();
  } finally {
    report(collector.all());
    reporter.stop();
  }
  return reporter.progress;
}
