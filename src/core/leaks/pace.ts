/** What a long comparison needs of its thread: to be heard, to be stopped, and to say how far it is. */
import type { YieldToEventLoop } from '../train/slices.ts';

export type Pace = {
  yieldToEventLoop: YieldToEventLoop;
  signal: AbortSignal;
  /** How many slices are done. */
  progress(done: number): void;
};
