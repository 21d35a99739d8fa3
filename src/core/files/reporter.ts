/** Collects a job's figures and its files' outcomes, and reports them a few times a second. */

import { REMARK_CODES, type Remark, remarkReason } from '../remarks.ts';
import { SKIP_CODES, type Skip, type SkipCode, skipReason } from '../skip.ts';
import { isDirectory, type Outcome } from './outcome.ts';
import type { JobProgress, RemarkedFile, SkippedFile } from './progress.ts';

const EVERY_MS = 150;

export type ReportEvent =
  | { kind: 'progress'; progress: JobProgress }
  | { kind: 'skipped'; files: SkippedFile[] }
  | { kind: 'remarks'; files: RemarkedFile[] };

type About = { path: string; dataset: string };

export type Reporter = {
  /** The caller counts slices; `end` counts files. */
  readonly progress: JobProgress;
  /** Records a skip of the current file or of its frames; `end` reports them, one line per reason. */
  skip(file: About, skip: Skip): void;
  /** Records a remark on the current file; equal ones are reported once. */
  remark(file: About, remark: Remark): void;
  /** Records that it gave slices; only `other` slices are a separate outcome. */
  gave(label: 'other' | 'any'): void;
  /** Records what was found of an ended file that counts as read. @param whole whether it gives nothing after all */
  late(file: About, skip: Skip, whole: boolean): void;
  /** Ends the current file. @param bytes its size */
  end(bytes: number): void;
  /** Reports the rest and stops. */
  stop(): void;
};

/** State of the current file, by reason. */
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

  const flush = () => {
    if (skipped.length > 0) emit({ kind: 'skipped', files: skipped });
    if (remarks.length > 0) emit({ kind: 'remarks', files: remarks });
    [skipped, remarks] = [[], []];
    emit({ kind: 'progress', progress: { ...progress } });
  };
  const tick = () => {
    if (stopped) return;
    flush();
    setTimeout(tick, EVERY_MS);
  };
  tick();

  /** What was found of ended files, by path and reason: told at the end, when it is all known. */
  const late = new Map<string, { line: SkippedFile; frames: number }>();

  const remark = ({ path, dataset }: About, found: Remark) => {
    const { next } = REMARK_CODES[found.code];
    open.remarks.set(found.code, { path, dataset, code: found.code, reason: remarkReason(found), next });
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
    late: (file, skip, whole) => {
      const reason = skipReason(skip);
      const known = late.get(`${file.path}\n${reason}`);
      const frames = skip.frame === undefined ? 0 : 1;
      if (known) known.frames += frames;
      else {
        const line = { ...skippedFile(file.path, file.dataset, skip.code, reason), partial: true };
        late.set(`${file.path}\n${reason}`, { line, frames });
      }
      if (!whole) return;
      progress.read--;
      progress.skipped++;
      for (const { line } of late.values()) if (line.path === file.path) line.partial = false;
    },
    end: (bytes) => {
      const outcome = outcomeOf(open);
      for (const { line, frames } of open.skips.values()) {
        skipped.push({ ...counted(line, frames), partial: outcome !== 'skipped' });
      }
      remarks.push(...open.remarks.values());
      progress[outcome]++;
      progress.files++;
      progress.bytes += bytes;
      open = nothingOpen();
    },
    stop: () => {
      stopped = true;
      for (const { line, frames } of late.values()) skipped.push(counted(line, frames));
      late.clear();
      flush();
    },
  };
}

function counted(line: SkippedFile, frames: number): SkippedFile {
  return frames > 1 ? { ...line, reason: `${line.reason} (${frames} frames)` } : line;
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
