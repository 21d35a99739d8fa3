/** The remaining time of a plan, from the usual times of its series and the measured times so far. */
import type { Eta } from '../files/eta.ts';
import { secondsOf } from './figures.ts';
import type { PracticePlan } from './plan.ts';

/**
 * For so many seconds of one core the usual speed counts as much as the measured: the first series takes some seconds,
 * of which nothing is seen until it is there.
 */
const TRUSTED = 8;
/** Threads disturb each other, and their files are read meanwhile. */
const SHARED = 0.7;

/** A function to call with how many files are there; `ms` is any clock that only goes forward. */
export function createPlanEta(
  { series }: Pick<PracticePlan, 'series'>,
  threads: number,
): (ms: number, files: number) => Eta {
  /** Seconds of one core until so many files are made; a project begins with its description. */
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
