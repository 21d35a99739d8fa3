/** Deadlines of work that may never end: a read from a drive that hangs, a decoder on a hostile file. */

/** Step in which time is counted. */
const TICK_MS = 250;

export type Deadline = {
  /** Counts from zero. */
  restart(): void;
  /** Counts from zero, unless it is paused: a sign of life. */
  extend(): void;
  /** Counts no further until it is restarted. */
  pause(): void;
};

/**
 * Time is counted in ticks of our own: after the machine slept, work gets the rest of its time, where a clock would
 * have it fail at once.
 * @param limitMs asked at every tick
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
