/** Gathers a job's figures and skipped files, and tells them a few times a second. */
import { SKIP_CODES, type Skip, type SkipCode, skipReason } from '../errors.ts';
import type { JobProgress, SkippedFile } from '../protocol.ts';

const EVERY_MS = 150;

export type ReportEvent =
  | { kind: 'progress'; progress: JobProgress }
  | { kind: 'skipped'; files: SkippedFile[] };

export type Reporter = {
  /** Counted up by whoever does the work. */
  readonly progress: JobProgress;
  /** Notes that a file or frames of it were left aside; `end` tells them, one line a reason. */
  skip(file: { path: string; dataset: string }, skip: Skip): void;
  /** The file is done. */
  end(): void;
  /** Tells what is left and stops. */
  stop(): void;
};

export function createReporter(emit: (event: ReportEvent) => void): Reporter {
  const progress: JobProgress = {
    files: 0,
    filesTotal: 0,
    bytes: 0,
    bytesTotal: 0,
    slices: 0,
    known: 0,
    skipped: 0,
  };
  /** Of the file under way, by reason. */
  let open = new Map<string, { line: SkippedFile; frames: number }>();
  let files: SkippedFile[] = [];
  let stopped = false;

  const tell = () => {
    if (files.length > 0) emit({ kind: 'skipped', files });
    files = [];
    emit({ kind: 'progress', progress: { ...progress } });
  };
  const tick = () => {
    if (stopped) return;
    tell();
    setTimeout(tick, EVERY_MS);
  };
  tick();

  return {
    progress,
    skip: ({ path, dataset }, skip) => {
      const reason = skipReason(skip);
      const known = open.get(reason);
      const frames = skip.frame === undefined ? 0 : 1;
      if (known) known.frames += frames;
      else open.set(reason, { line: skippedFile(path, dataset, skip.code, reason), frames });
    },
    end: () => {
      for (const { line, frames } of open.values()) {
        files.push(frames > 1 ? { ...line, reason: `${line.reason} (${frames} frames)` } : line);
        progress.skipped++;
      }
      open = new Map();
    },
    stop: () => {
      stopped = true;
      tell();
    },
  };
}

export function skippedFile(path: string, dataset: string, code: SkipCode, reason?: string): SkippedFile {
  return { path, dataset, code, reason: reason ?? SKIP_CODES[code].reason, next: SKIP_CODES[code].next };
}
