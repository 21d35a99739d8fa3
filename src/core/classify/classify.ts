/**
 * Classification of dropped files: opened by their headers, a few slices of each series decoded as at ingest, reduced as
 * in training, predicted, combined per series; or every slice.
 * Without a model the series are listed by their headers. Stores nothing.
 */
import type { IngestOptions } from '../dataset/options.ts';
import type { Calibration } from '../evaluate/calibration.ts';
import { COLOURFUL } from '../evaluate/unknown.ts';
import type { FileBatch } from '../files/fileBatch.ts';
import type { Decoder } from '../files/pool.ts';
import type { JobProgress } from '../files/progress.ts';
import { openReader, type Source } from '../files/readFiles.ts';
import { createReporter } from '../files/reporter.ts';
import type { SliceBatch } from '../files/sliceBatch.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import type { CallContext } from '../rpc.ts';
import { seriesKey } from '../series.ts';
import type { Answers } from '../train/answers.ts';
import { isDefaultSet } from '../train/labelSetOf.ts';
import type { ClassifyEvent } from './contract.ts';
import { createGlance, type Slot } from './glance.ts';
import { moreLooks } from './judge.ts';
import { createPictures } from './pictures.ts';
import { createSeriesCollector } from './seriesCollector.ts';
import type { SeriesVerdict, SliceVerdict } from './verdict.ts';

/** Interval of reporting series. */
const REPORT_MS = 300;
/** Slices of a prediction batch. A glance has few, and its memory is the network's; of many, a graphics processor wants more. */
const BATCH = { glance: 16, every: 64 } as const;

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

/** @param args `every`: all slices are looked at; else a glance, and more where image and tag leave a doubt (judge.ts) */
export async function classify(
  { model, labelSet, headers, key, spawn, workers, nowMs }: ClassifyParts,
  args: { batches: AsyncIterable<FileBatch[]>; options: IngestOptions; every?: boolean },
  { signal, emit }: CallContext<ClassifyEvent>,
): Promise<JobProgress> {
  const { batches, options, every = false } = args;
  const reporter = createReporter((event) => {
    // No file is labelled here, so there are no label remarks.
    if (event.kind !== 'remarks') emit(event);
  });
  const unknown = model?.calibration?.unknown ?? null;
  const collector = createSeriesCollector(labelSet, headers, {
    ...(model?.calibration && { calibration: model.calibration }),
    unknown,
  });
  const reader = openReader({ spawn, workers, key, preprocessing: { ...options, heading: true }, reporter });
  const pictures = createPictures(model, labelSet.classes.length, BATCH[every ? 'every' : 'glance'], (n) => {
    reporter.progress.slices += n;
    reportGrown();
  });
  let reportedMs = nowMs();

  function report(series: SeriesVerdict[]): void {
    reportedMs = nowMs();
    if (series.length > 0) emit({ kind: 'series', series });
  }

  function reportGrown(): void {
    if (!every) reporter.progress.looksLeft = glance.left();
    if (nowMs() - reportedMs >= REPORT_MS) report(collector.grown());
  }

  const mayHaveColours = !isDefaultSet(labelSet);
  const see = (slice: SliceVerdict, slices: SliceBatch, index: number) =>
    pictures.add(slices.pixels, index, (look) => {
      // None of the four has colours; a user's own classes may.
      const strange = look.strangeness !== null && slices.colourful && !mayHaveColours;
      collector.looked(slice, strange ? { ...look, strangeness: COLOURFUL } : look);
    });

  const glance = createGlance({
    look: reader.look,
    more: (series, looked, left) => moreLooks({ looked, left }, collector.verdict(series), unknown),
    picture: ({ slice }, slices, index) => see(slice, slices, index),
    judge: pictures.predict,
    bad: (series, { slice, file }, skips) => {
      collector.drop(series, slice);
      file.left--;
      skips.forEach((skip, i) => {
        reporter.late({ dataset: file.dataset, path: slice.path }, skip, file.left === 0 && i === 0);
      });
    },
    fail: reader.close,
  });

  /** Frames of the file before this batch, which the file itself tells last. */
  let frames: { path: string; seen: Set<number> } = { path: '', seen: new Set() };

  async function take(slices: SliceBatch, { path, folder, place }: Source): Promise<void> {
    const { series, seriesNumber: number = null, heading, opened } = slices;
    if (!series) return;
    const add = (frame: number, instanceNumber: number | null) =>
      collector.add(series, number, { path, frame, instanceNumber }, heading);
    const told = opened && opened !== 'short' ? opened : null;
    const file = { dataset: folder.dataset, left: told?.frames ?? slices.count };
    const listed = (slice: SliceVerdict, state: Slot['state']) =>
      glance.add(seriesKey(series), { slice, place, state, file, position: told?.position ?? null });
    if (frames.path !== path) frames = { path, seen: new Set() };
    for (const { frame } of slices.skips) if (frame !== undefined) frames.seen.add(frame);
    for (let i = 0; i < slices.count; i++) {
      const slice = add(slices.frame[i], slices.instanceNumber[i] < 0 ? null : slices.instanceNumber[i]);
      frames.seen.add(slice.frame);
      if (!every) listed(slice, 'seen');
      await see(slice, slices, i);
    }
    for (let frame = 0; frame < (told?.frames ?? 0); frame++)
      if (!frames.seen.has(frame)) listed(add(frame, told?.instanceNumber ?? null), 'unseen');
    reporter.gave('any');
    if (slices.done) glance.file();
    reportGrown();
  }

  const abort = () => reader.close(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await reader.read(batches, take, signal, !every);
    await pictures.predict();
    if (!every) {
      await glance.end();
      reporter.progress.looksLeft = 0;
    }
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', abort);
    reader.close(signal.reason);
    report(collector.all());
    reporter.stop();
  }
  return reporter.progress;
}
