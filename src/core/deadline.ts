/** Deadlines of work that may never end: a read from a hanging drive, a decoder on a hostile file. */

/** Tick length. */
const TICK_MS = 250;

export type Deadline = {
  /** Restarts from zero. */
  restart(): void;
  /** Restarts from zero unless paused, on a sign of life. */
  extend(): void;
  /** Pauses until restarted. */
  pause(): void;
};

/**
 * Time is counted in ticks: after the machine slept, work keeps its remaining time, while a clock would
 * fail it at once.
 * @param limitMs called at every tick
 * @param over called once when the limit has passed
 */
export function createDeadline(limitMs: () => number, over: () => void): Deadline {
  let passedMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tick = () => {
    passedMs += TICK_MS;
    if (passedMs <= limitMs()) {
      timer = setTimeout(tick, TICK_MS);
      return;
    }
    timer = undefined;
    over();
  };

  return {
    restart: () => {
      passedMs = 0;
      timer ??= setTimeout(tick, TICK_MS);
    },
    extend: () => {
      passedMs = 0;
    },
    pause: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/** A promise of `value` once so many milliseconds have passed, counted in the same way. */
export function timeLimit<T>(ms: number, value: T): { over: Promise<T>; cancel(): void } {
  let cancel = () => {};
  const over = new Promise<T>((resolve) => {
    const deadline = createDeadline(
      () => ms,
      () => resolve(value),
    );
    deadline.restart();
    cancel = deadline.pause;
  });
  return { over, cancel };
}
