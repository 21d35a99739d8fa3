/** How strange made-up pictures are to a network that has learned from others of their kinds, not from these. */
import { createOutliers, UNSEEN } from '../../outliers/index.ts';
import { answersOf, hasNone } from '../answers.ts';
import type { Trainer } from '../trainer.types.ts';
import type { Session } from './prepare.ts';

/** Some milliseconds each: enough for a slope, and no pause that anybody minds. */
const ASKED = 96;
/** Pictures made and judged between two checks of the signal. */
const AT_ONCE = 32;

/** One number a picture (answers.ts); null: the network has no output for them. They depend on the run's seed alone. */
export async function strangersOf(
  { journal, yieldToEventLoop }: Pick<Session, 'journal' | 'yieldToEventLoop'>,
  trainer: Trainer,
  signal: AbortSignal,
): Promise<Float32Array | null> {
  const { inputSize, seed, ...config } = journal.run.config;
  if (!hasNone(config)) return null;
  const paint = createOutliers(inputSize);
  const area = inputSize ** 2;
  const strangeness = new Float32Array(ASKED);
  for (let from = 0; from < ASKED; from += AT_ONCE) {
    signal.throwIfAborted();
    const pixels = new Uint8Array(AT_ONCE * area);
    for (let i = 0; i < AT_ONCE; i++) paint(pixels, i * area, { seed, number: UNSEEN + from + i });
    strangeness.set(answersOf(await trainer.predict(pixels, AT_ONCE), AT_ONCE, true).strangeness!, from);
    await yieldToEventLoop();
  }
  return strangeness;
}
