/** Commands of the inspector: the stack of a slice, and all views of one slice. */

import type { SliceVerdict } from '../core/classify/verdict.ts';
import type { HeaderTree } from '../core/inspect/header/tree.ts';
import type { SeriesHeading } from '../core/inspect/heading.ts';
import type { InspectService, Original, RawImage } from '../core/inspect/service.ts';
import { countedAs } from '../core/labels/counts.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import { isSkip, SKIP_CODES, type Skip, skipReason } from '../core/skip.ts';
import { KEY_BYTES, LABEL_SOURCES, type SliceRef } from '../core/types.ts';
import { type Context, explain } from './context.ts';
import type { DatasetCommands } from './datasets.ts';
import type { DroppedFiles, Originals } from './originals.ts';
import type { Inspection, InspectTarget, Missing } from './state.ts';
import { inspectWorker, type WorkerHandle } from './workers.ts';

/** Time limit of a frame; then its worker is ended. */
const LIMIT_MS = 30_000;

type Classified = Extract<InspectTarget, { kind: 'classified' }>;

const NOT_AT_HAND: Missing = {
  reason: 'The original file is not at hand.',
  next: 'Drop the folder again to see the original; the stored 224×224 slice is shown.',
};

const DAMAGED_ALONE: Missing = {
  reason: 'The stored slice is damaged, and the original file is not at hand.',
  next: 'Drop its dataset’s files again: that heals the slice.',
};

export type InspectActions = {
  inspect(target: InspectTarget): Promise<Inspection>;
  /** The slices of the same series, in order. */
  stack(target: InspectTarget): InspectTarget[];
  /** What the file of a stored slice says of its series; null if the file is not at hand. */
  seriesHeading(ref: SliceRef): Promise<SeriesHeading | null>;
  /** All elements of its file's header, for the screen alone: they may name the patient. */
  header(target: InspectTarget): Promise<HeaderTree | Missing>;
};

const NO_DICOM: Missing = {
  reason: 'The file of this slice is no DICOM file.',
  next: 'Only DICOM files have elements to list.',
};

/** @param classified the files of the shown classification */
export function createInspectCommands(
  { get, store }: Pick<Context, 'get' | 'store'>,
  datasets: Pick<DatasetCommands, 'locate' | 'seriesOf'>,
  originals: Pick<Originals, 'find'>,
  classified: () => Pick<DroppedFiles, 'at'> | null,
  worker: WorkerHandle<InspectService> = inspectWorker,
): InspectActions {
  /** What the worker reads of a file, or why it can't. */
  async function ask<T extends object>(
    original: Original | null,
    read: (original: Original) => Promise<T | Skip>,
  ): Promise<T | Missing> {
    if (!original) return NOT_AT_HAND;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      worker.end();
    }, LIMIT_MS);
    try {
      const found = await read(original);
      return isSkip(found) ? missing(found) : found;
    } catch (error) {
      // Ending the worker fails the call as well: only the timer knows that it took too long.
      if (late) return missing({ code: 'timeout' });
      const { message, next } = await explain(error);
      return { reason: message, next };
    } finally {
      clearTimeout(timer);
    }
  }

  /** The raw frame, or why it is missing. */
  const read = (original: Original | null, frame: number): Promise<RawImage | Missing> =>
    ask(original, (original) => worker.call.frame({ original, frame, preprocessing: get().project.options }));

  async function stored(ref: SliceRef): Promise<Inspection> {
    const { index, dataset, excluded } = datasets.locate(ref);
    const { row } = ref;
    const [[slice], raw] = await Promise.all([
      store.slicePixels([ref]),
      read(originalOf(ref), index.frame[row]),
    ]);
    return {
      ...split(slice || raw !== NOT_AT_HAND ? raw : DAMAGED_ALONE),
      slice,
      damaged: slice === null,
      facts: index.series[index.seriesOf[row]],
      label: countedAs(get().labelSet, index.label[row]),
      source: LABEL_SOURCES[index.source[row]],
      dataset,
      excluded,
      frame: index.frame[row],
      instanceNumber: index.instanceNumber[row] < 0 ? null : index.instanceNumber[row],
      verdict: null,
    };
  }

  async function fromFile({ series, at }: Classified) {
    const slice = slicesOf(series)[at];
    const raw = await read(fileOf({ series, at }), slice?.frame ?? 0);
    const { raw: image, missing: why } = split(raw);
    return {
      raw: image,
      missing: why,
      slice: image?.slice ?? null,
      damaged: false,
      facts: image?.facts ?? null,
      label: null,
      source: null,
      dataset: null,
      excluded: false,
      frame: slice?.frame ?? 0,
      instanceNumber: slice?.instanceNumber ?? null,
      verdict: slice ? verdictOf(slice, labelSetOfSeries(series)) : null,
    };
  }

  function originalOf(ref: SliceRef): Original | null {
    const { index } = datasets.locate(ref);
    return originals.find(index.key.slice(ref.row * KEY_BYTES, (ref.row + 1) * KEY_BYTES));
  }

  function fileOf({ series, at }: Pick<Classified, 'series' | 'at'>): Original | null {
    const slice = slicesOf(series)[at];
    return slice ? (classified()?.at(slice.path) ?? null) : null;
  }

  const labelSetOfSeries = (key: string) =>
    get().classify.series.find((series) => series.key === key)?.labelSet;

  const slicesOf = (key: string): SliceVerdict[] =>
    get().classify.series.find((series) => series.key === key)?.slices ?? [];

  return {
    inspect: (target) => (target.kind === 'stored' ? stored(target) : fromFile(target)),

    seriesHeading: async (ref) => {
      try {
        const original = originalOf(ref);
        return original && (await worker.call.heading({ original }));
      } catch {
        // It is only shown beside what is stored.
        return null;
      }
    },

    header: async (target) => {
      const original = target.kind === 'stored' ? originalOf(target) : fileOf(target);
      const found = await ask<{ tree: HeaderTree | null }>(original, async (original) => {
        const read = await worker.call.header({ original });
        return read && isSkip(read) ? read : { tree: read };
      });
      if ('reason' in found) return found;
      return found.tree ?? NO_DICOM;
    },

    stack: (target) =>
      target.kind === 'stored'
        ? datasets.seriesOf(target).map((ref) => ({ kind: 'stored', ...ref }))
        : slicesOf(target.series).map((_, at) => ({ ...target, at })),
  };
}

/** null if no model judged. */
function verdictOf(
  { predicted, probabilities }: SliceVerdict,
  labelSet: LabelSet | undefined,
): Inspection['verdict'] {
  return predicted !== null && probabilities && labelSet ? { predicted, probabilities, labelSet } : null;
}

function split(read: RawImage | Missing): Pick<Inspection, 'raw' | 'missing'> {
  return 'values' in read ? { raw: read, missing: null } : { raw: null, missing: read };
}

function missing(skip: Skip): Missing {
  return { reason: skipReason(skip), next: SKIP_CODES[skip.code].next };
}
