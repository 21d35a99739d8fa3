/**
 * Classification of dropped files: decoded as at ingest, reduced as in training, predicted, joined to series. Without
 * a model the series are listed by what their headers say. Stores nothing.
 */

import type { IngestOptions } from '../dataset/options.ts';
import { placeOf } from '../dataset/place.ts';
import { elapsedMs } from '../elapsed.ts';
import { type Aside, expand, expandFound, type FileTask, type Found } from '../files/expand.ts';
import type { Lot } from '../files/fileBatch.ts';
import { type FoundArchive, runJob } from '../files/job.ts';
import type { Manifest } from '../files/manifest.ts';
import { createPool, type Decoder } from '../files/pool.ts';
import type { JobProgress } from '../files/progress.ts';
import { createReporter } from '../files/reporter.ts';
import type { Chunk } from '../files/sliceBatch.ts';
import type { CallContext } from '../rpc.ts';
import { createReduce } from '../train/reduce.ts';
import { MODALITIES, SLICE_BYTES } from '../types.ts';
import type { ClassifyEvent } from './contract.ts';
import { createSeriesCollector, THUMBNAIL_SIDE } from './seriesCollector.ts';

/** Slices predicted at once. */
const BATCH = 64;
/** Series are told about this often. */
const TELL_MS = 300;

export type ClassifyParts = {
  spawn: () => Decoder;
  workers: number;
  /** Of the project: series are told apart by keyed hashes, as at ingest. */
  key: CryptoKey;
  /** Null: nobody judges. */
  model: Model | null;
};

export type Model = {
  /** Side of the network's input. */
  size: number;
  /** Class probabilities n×4 of n·size² pixels. */
  predict(pixels: Uint8Array, n: number): Promise<Float32Array>;
};

export async function classify(
  parts: ClassifyParts,
  args: { lots: AsyncIterable<Lot[]>; options: IngestOptions },
  { signal, emit }: CallContext<ClassifyEvent>,
): Promise<JobProgress> {
  const { model, key, spawn, workers } = parts;
  /** Pixels of a slice as the network gets it. */
  const area = model ? model.size ** 2 : 0;
  const { options } = args;
  const manifests = new Map<string, Manifest>();
  const reporter = createReporter((event) => {
    // Files are labelled by nobody here: there is nothing to remark on.
    if (event.kind !== 'remarks') emit(event);
  });
  const gallery = createSeriesCollector(options.labelMap);
  const pool = createPool({ spawn, size: workers, key, preprocessing: options });
  const reduce = model && createReduce(model.size);
  const shrink = createReduce(THUMBNAIL_SIDE);
  const batch = new Uint8Array(BATCH * area);
  let waiting: ((probabilities: Float32Array | null) => void)[] = [];
  let toldMs = elapsedMs();

  async function predict(): Promise<void> {
    const taken = waiting;
    if (taken.length === 0) return;
    waiting = [];
    const probabilities =
      model && (await model.predict(batch.subarray(0, taken.length * area), taken.length));
    const classes = MODALITIES.length;
    taken.forEach((give, i) => {
      give(probabilities?.slice(i * classes, (i + 1) * classes) ?? null);
    });
    reporter.progress.slices += taken.length;
    if (elapsedMs() - toldMs < TELL_MS) return;
    tell(gallery.grown());
  }

  function tell(series: ReturnType<typeof gallery.grown>): void {
    toldMs = elapsedMs();
    if (series.length > 0) emit({ kind: 'series', series });
  }

  async function take(file: FileTask | Aside, chunk: Chunk): Promise<void> {
    const about = { path: file.path, dataset: placeOf(file.path, manifests).dataset };
    if ('remark' in file) reporter.remark(about, file.remark);
    for (const skip of chunk.skips) reporter.skip(about, skip);
    for (let i = 0; i < chunk.count; i++) {
      const thumbnail = new Uint8Array(THUMBNAIL_SIDE * THUMBNAIL_SIDE);
      shrink(chunk.pixels, i * SLICE_BYTES, thumbnail, 0);
      reduce?.(chunk.pixels, i * SLICE_BYTES, batch, waiting.length * area);
      const instanceNumber = chunk.instanceNumber[i] < 0 ? null : chunk.instanceNumber[i];
      const slice = { path: file.path, frame: chunk.frame[i], instanceNumber, thumbnail };
      const number = chunk.seriesNumber ?? null;
      waiting.push((probabilities) => gallery.add(chunk.series!, number, slice, probabilities));
      if (waiting.length === BATCH) await predict();
    }
    if (chunk.count > 0) reporter.gave('any');
    if (chunk.done) reporter.end(file.bytes);
  }

  const found: Found = (count, bytes) => {
    reporter.progress.filesTotal += count;
    reporter.progress.bytesTotal += bytes;
  };
  const parcels = expand(args.lots, manifests, found);
  const reopen = (archives: FoundArchive[]) => expandFound(archives, manifests, found);
  try {
    await runJob(parcels, pool, take, signal, reopen);
    await predict();
  } finally {
    pool.terminate(signal.reason);
    tell(gallery.all());
    reporter.stop();
  }
  return reporter.progress;
}
