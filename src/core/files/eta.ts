/** Rate and remaining time of a job, smoothed over the last seconds. */

export type Eta = {
  /** Both null until there are enough data. */
  rate: number | null;
  secondsLeft: number | null;
};

/** Figures of a job at one moment. */
type Sample = { ms: number; files: number; work: number };

const WINDOW_MS = 10_000;
const ENOUGH_MS = 1500;
/** Work per file in addition to its bytes: opening and committing it. */
const FILE_WORK = 64 * 1024;

/** Returns a function to call with new figures; `ms` is any monotonic clock. */
export function createEta() {
  const samples: Sample[] = [];

  return (ms: number, now: { files: number; filesTotal: number; bytes: number; bytesTotal: number }): Eta => {
    const work = now.bytes + now.files * FILE_WORK;
    samples.push({ ms, files: now.files, work });
    while (samples.length > 2 && ms - samples[0].ms > WINDOW_MS) samples.shift();
    const [first] = samples;
    const elapsed = ms - first.ms;
    if (elapsed < ENOUGH_MS || work <= first.work) return { rate: null, secondsLeft: null };
    const left = now.bytesTotal - now.bytes + (now.filesTotal - now.files) * FILE_WORK;
    return {
      rate: ((now.files - first.files) / elapsed) * 1000,
      secondsLeft: Math.max(0, (left / (work - first.work)) * (elapsed / 1000)),
    };
  };
}
