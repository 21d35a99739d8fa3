/** Pause, proceed and stop of a training in progress. */

export type Control = {
  readonly paused: boolean;
  readonly stopping: boolean;
  pause(): void;
  proceed(): void;
  /** Aborted when a stop is requested, so that waits within a step end. */
  readonly stopSignal: AbortSignal;
  /** Aborted when the evaluation is cancelled. */
  readonly modelOnly: AbortSignal;
  /**
   * Ends the training at its next step, also out of a pause.
   * @param evaluate whether every split is evaluated then; false also ends a running evaluation
   */
  stop(evaluate?: boolean): void;
  /** Resolves when the training may continue or must stop; rejects when it is aborted. */
  untilGoing(signal: AbortSignal): Promise<void>;
};

export function createControl(): Control {
  let paused = false;
  let waiting: (() => void)[] = [];
  const stop = new AbortController();
  const modelOnly = new AbortController();

  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };

  return {
    get paused() {
      return paused && !stop.signal.aborted;
    },
    get stopping() {
      return stop.signal.aborted;
    },
    stopSignal: stop.signal,
    modelOnly: modelOnly.signal,
    pause: () => {
      paused = true;
    },
    proceed: () => {
      paused = false;
      wake();
    },
    stop: (evaluate = true) => {
      stop.abort();
      if (!evaluate) modelOnly.abort();
      wake();
    },
    async untilGoing(signal) {
      while (paused && !stop.signal.aborted && !signal.aborted) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      signal.throwIfAborted();
    },
  };
}
