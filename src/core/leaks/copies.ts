/** Finds slices that are copies of slices of other series: candidates by signature, then the check by their details. */
import { makeCells } from './cells.ts';
import { createCheck } from './check.ts';
import { grow } from './grow.ts';
import { mutual } from './mutual.ts';
import type { Pace } from './pace.ts';
import { createPairs } from './pairs.ts';
import { shareOut, type Threads } from './part.ts';
import type { Pictures } from './pictures.ts';

/** Slices of one task of a thread: half a second at the most. */
const AT_ONCE = 64;

/** Slices of two series that show the same picture. */
export type Copy = { slice: number; other: number; likeness: number };

/**
 * In the order of the slices; each pair once. The same for any number of threads.
 * @param pictures in memory that the threads share
 */
export async function findCopies(
  pictures: Pictures,
  { parts, memory }: Threads,
  pace: Pace,
): Promise<Copy[]> {
  const { plain, count, invariants } = pictures;
  const { signal } = pace;
  const slices = Uint32Array.from(indices(count, plain));
  const cells = await makeCells(invariants, slices, pace.yieldToEventLoop, memory);
  const copies = createPairs(count);
  let done = 0;
  pace.progress(done);
  const tasks = Array.from({ length: Math.ceil(slices.length / AT_ONCE) }, (_, at) =>
    slices.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
  const found = await shareOut(tasks, parts, async (part, task) => {
    const pairs = await part.compare({ pictures, cells, slices: task }, { signal });
    done += task.length;
    pace.progress(done);
    return pairs;
  });
  for (const { slice, other, symmetry, likeness } of found.flat())
    copies.add(slice, other, symmetry, likeness);
  await grow(copies, pictures, createCheck(pictures).pair, pace);
  return mutual(copies.all(), pictures).sort((a, b) => a.slice - b.slice || a.other - b.other);
}

function* indices(count: number, without: Uint8Array) {
  for (let i = 0; i < count; i++) if (!without[i]) yield i;
}
