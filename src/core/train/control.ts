/** Pause, proceed and stop of a training in progress. */

export type Control = {
  readonly paused: boolean;
  readonly stopping: boolean;
  pause(): void;
  proceed(): void;
  /** Ends the training at its next step, also out of a pause. */
  stop(): void;
  /** Resolves when the training may go on or is to stop; rejects when it is aborted. */
  untilGoing(signal: AbortSignal): Promise<void>;
};

export function createControl(): Control {
  let paused = false;
  let stopping = false;
  let waiting: (() => void)[] = [];

  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };

  return {
    get paused() {
      return paused && !stopping;
    },
    get stopping() {
      return stopping;
    },
    pause: () => {
      paused = true;
    },
    proceed: () => {
      paused = false;
      wake();
    },
    stop: () => {
      stopping = true;
      wake();
    },
    async untilGoing(signal) {
      while (paused && !stopping && !signal.aborted) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      signal.throwIfAborted();
    },
  };
}
