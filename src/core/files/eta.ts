/** Rate and remaining time of a job, smoothed over the last seconds. */
import type { JobProgress } from './progress.ts';

export type Eta = {
  /** Both null until there are enough data. */
  rate: number | null;
  secondsLeft: number | null;
};

type Figures = Pick<JobProgress, 'files' | 'filesTotal' | 'bytes' | 'bytesTotal'> &
  Partial<Pick<JobProgress, 'slices' | 'looksLeft'>>;

/** Figures of a job at one moment. */
type Sample = { ms: number; files: number; work: number };

const WINDOW_MS = 10_000;
const ENOUGH_MS = 1500;
/** Work per file in addition to its bytes: opening and committing it. */
const FILE_WORK = 64 * 1024;
/** Of a slice that is looked at, where files are only opened by their headers: then their bytes are no work. */
const LOOK_WORK = 1024 * 1024;

/** Returns a function to call with new figures; `ms` is any monotonic clock. */
export function createEta() {
  const samples: Sample[] = [];

  return (ms: number, now: Figures): Eta => {
    const glance = now.looksLeft !== undefined;
    const work = now.files * FILE_WORK + (glance ? (now.slices ?? 0) * LOOK_WORK : now.bytes);
    samples.push({ ms, files: now.files, work });
    while (samples.length > 2 && ms - samples[0].ms > WINDOW_MS) samples.shift();
    const [first] = samples;
    const elapsed = ms - first.ms;
    if (elapsed < ENOUGH_MS || work <= first.work) return { rate: null, secondsLeft: null };
    const pixels = glance ? (now.looksLeft ?? 0) * LOOK_WORK : now.bytesTotal - now.bytes;
    const left = pixels + (now.filesTotal - now.files) * FILE_WORK;
    return {
      rate: ((now.files - first.files) / elapsed) * 1000,
      secondsLeft: Math.max(0, (left / (work - first.work)) * (elapsed / 1000)),
    };
  };
}
