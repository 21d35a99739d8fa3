/** Work in steps: between them other tasks of the thread have their turn, and it can be ended. */
import type { YieldToEventLoop } from './slices.ts';

export async function inTurns<T>(
  steps: Generator<undefined, T>,
  yieldToEventLoop: YieldToEventLoop,
  signal: AbortSignal,
): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await yieldToEventLoop();
    signal.throwIfAborted();
  }
}
