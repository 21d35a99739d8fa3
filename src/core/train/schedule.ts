/** The learning rate schedule: a pure function from (schedule, state, step) to the next learning rate and state. */
import type { Schedule } from './run.ts';

/** Position of a step in the run. */
export type RunLength = { steps: number; stepsPerEpoch: number };

/** Plain data; belongs in a checkpoint. Schedules other than plateau leave it unchanged. */
export type ScheduleState = {
  /** Factor on the base learning rate from plateaus so far. */
  scale: number;
  /** Lowest mean loss of a check; null before the first. */
  best: number | null;
  badChecks: number;
  /** Sum of losses since the last check, and number of steps. */
  lossSum: number;
  lossSteps: number;
};

export function startSchedule(): ScheduleState {
  return { scale: 1, best: null, badChecks: 0, lossSum: 0, lossSteps: 0 };
}

/** The learning rate of `step`, counted from 0 over the whole run. */
export function learningRateAt(
  schedule: Schedule,
  base: number,
  state: ScheduleState,
  step: number,
  length: RunLength,
): number {
  switch (schedule.kind) {
    case 'constant':
      return base;
    case 'plateau':
      return base * state.scale;
    case 'cosine': {
      const warm = Math.round(schedule.warmup * length.steps);
      if (step < warm) return (base * (step + 1)) / warm;
      const progress = (step - warm) / Math.max(1, length.steps - warm);
      return (base * (1 + Math.cos(Math.PI * Math.min(1, progress)))) / 2;
    }
    default:
      throw new Error(`schedule ${String(schedule satisfies never)}`);
  }
}

/**
 * The state after `step`, whose mean training loss was `loss`. A plateau is PyTorch's ReduceLROnPlateau (mode
 * min, threshold_mode rel, cooldown 0), stepped `checksPerEpoch` times an epoch with the mean loss since the
 * check before. Epochs shorter than that are checked at every step.
 */
export function afterStep(
  schedule: Schedule,
  state: ScheduleState,
  step: number,
  loss: number,
  length: RunLength,
): ScheduleState {
  if (schedule.kind !== 'plateau') return state;
  const lossSum = state.lossSum + loss;
  const lossSteps = state.lossSteps + 1;
  const every = Math.max(1, Math.floor(length.stepsPerEpoch / Math.max(1, schedule.checksPerEpoch)));
  const stepOfEpoch = (step % length.stepsPerEpoch) + 1;
  if (stepOfEpoch % every !== 0) return { ...state, lossSum, lossSteps };
  return { ...judge(schedule, state, lossSum / lossSteps), lossSum: 0, lossSteps: 0 };
}

function judge(
  schedule: Extract<Schedule, { kind: 'plateau' }>,
  state: ScheduleState,
  loss: number,
): Pick<ScheduleState, 'scale' | 'best' | 'badChecks'> {
  const { scale, best } = state;
  if (best === null || loss < best * (1 - schedule.threshold)) return { scale, best: loss, badChecks: 0 };
  const badChecks = state.badChecks + 1;
  if (badChecks <= schedule.patience) return { scale, best, badChecks };
  return { scale: scale * schedule.factor, best, badChecks: 0 };
}
