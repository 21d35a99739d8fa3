/** Gathers a job's figures and what there is to say of its files, and tells them a few times a second. */

import { REMARK_CODES, type Remark, remarkReason } from '../remarks.ts';
import { SKIP_CODES, type Skip, type SkipCode, skipReason } from '../skip.ts';
import type { Label } from '../types.ts';
import { isDirectory, type Outcome } from './outcome.ts';
import type { JobProgress, RemarkedFile, SkippedFile } from './progress.ts';

const EVERY_MS = 150;

export type ReportEvent =
  | { kind: 'progress'; progress: JobProgress }
  | { kind: 'skipped'; files: SkippedFile[] }
  | { kind: 'remarks'; files: RemarkedFile[] };

type About = { path: string; dataset: string };

export type Reporter = {
  /** Slices are counted up by whoever does the work, files by `end`. */
  readonly progress: JobProgress;
  /** Notes that the file under way, or frames of it, were left aside; `end` tells them, one line a reason. */
  skip(file: About, skip: Skip): void;
  /** Notes something about the file under way; the same is told once. */
  remark(file: About, remark: Remark): void;
  /** Notes that it gave slices; `other` alone is an outcome of its own. */
  gave(label: Label | 'any'): void;
  /** The file is done. @param bytes of it */
  end(bytes: number): void;
  /** Tells what is left and stops. */
  stop(): void;
};

/** Of the file under way, by reason. */
type Open = {
  skips: Map<string, { line: SkippedFile; frames: number }>;
  remarks: Map<string, RemarkedFile>;
  gave: 'nothing' | 'other' | 'labelled';
};

export function createReporter(emit: (event: ReportEvent) => void): Reporter {
  const progress = noProgress();
  let open = nothingOpen();
  let skipped: SkippedFile[] = [];
  let remarks: RemarkedFile[] = [];
  let stopped = false;

  const tell = () => {
    if (skipped.length > 0) emit({ kind: 'skipped', files: skipped });
    if (remarks.length > 0) emit({ kind: 'remarks', files: remarks });
    [skipped, remarks] = [[], []];
    emit({ kind: 'progress', progress: { ...progress } });
  };
  const tick = () => {
    if (stopped) return;
    tell();
    setTimeout(tick, EVERY_MS);
  };
  tick();

  const remark = ({ path, dataset }: About, said: Remark) => {
    const { next } = REMARK_CODES[said.code];
    open.remarks.set(said.code, { path, dataset, code: said.code, reason: remarkReason(said), next });
  };

  return {
    progress,
    remark,
    skip: (file, skip) => {
      if (isDirectory(skip)) return remark(file, { code: 'description', detail: 'DICOMDIR' });
      const reason = skipReason(skip);
      const known = open.skips.get(reason);
      const frames = skip.frame === undefined ? 0 : 1;
      if (known) known.frames += frames;
      else open.skips.set(reason, { line: skippedFile(file.path, file.dataset, skip.code, reason), frames });
    },
    gave: (label) => {
      if (label !== 'other') open.gave = 'labelled';
      else if (open.gave === 'nothing') open.gave = 'other';
    },
    end: (bytes) => {
      const outcome = outcomeOf(open);
      for (const { line, frames } of open.skips.values()) {
        const reason = frames > 1 ? `${line.reason} (${frames} frames)` : line.reason;
        skipped.push({ ...line, reason, partial: outcome !== 'skipped' });
      }
      remarks.push(...open.remarks.values());
      progress[outcome]++;
      progress.files++;
      progress.bytes += bytes;
      open = nothingOpen();
    },
    stop: () => {
      stopped = true;
      tell();
    },
  };
}

export function noProgress(): JobProgress {
  return {
    files: 0,
    read: 0,
    other: 0,
    described: 0,
    skipped: 0,
    filesTotal: 0,
    bytes: 0,
    bytesTotal: 0,
    slices: 0,
    known: 0,
  };
}

export function skippedFile(path: string, dataset: string, code: SkipCode, reason?: string): SkippedFile {
  const { reason: usual, next } = SKIP_CODES[code];
  return { path, dataset, code, reason: reason ?? usual, next, partial: false };
}

function nothingOpen(): Open {
  return { skips: new Map(), remarks: new Map(), gave: 'nothing' };
}

function outcomeOf({ gave, remarks, skips }: Open): Outcome {
  if (gave === 'labelled') return 'read';
  if (gave === 'other') return 'other';
  return skips.size === 0 && remarks.has('description') ? 'described' : 'skipped';
}
