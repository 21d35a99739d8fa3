/** The remaining time of a plan, from the usual times of its series and the measured times so far. */
import type { Eta } from '../files/eta.ts';
import { secondsOf } from './figures.ts';
import type { PracticePlan } from './plan.ts';

/**
 * The usual speed has the weight of this many measured seconds of one core: the first series takes some seconds, and
 * shows no progress until it is complete.
 */
const TRUSTED = 8;
/** Speed of each thread: threads slow each other down, and the project reads their files at the same time. */
const SHARED = 0.7;

/** Returns a function of the number of complete files; `ms` is any clock that only goes forward. */
export function createPlanEta(
  { series }: Pick<PracticePlan, 'series'>,
  threads: number,
): (ms: number, files: number) => Eta {
  /** Seconds of one core up to each number of files; a project begins with its description. */
  const until = [0, 0];
  for (const one of series) {
    const each = secondsOf(one) / one.files;
    for (let file = 0; file < one.files; file++) until.push(until[until.length - 1] + each);
  }
  const total = until[until.length - 1];
  let began: number | null = null;
  return (ms, files) => {
    began ??= ms;
    const elapsed = (ms - began) / 1000;
    const done = until[Math.min(files, until.length - 1)];
    const speed = (done + TRUSTED) / (elapsed + TRUSTED / (SHARED * threads));
    return {
      rate: elapsed > 0 && files > 1 ? files / elapsed : null,
      secondsLeft: (total - done) / speed,
    };
  };
}
