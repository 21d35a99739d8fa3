/** The few slices whose predictions are watched during training; none is trained on. */
import { hash32 } from '../random.ts';
import type { SliceTable } from './table.ts';

/** Number of watched slices: two rows of four beside the curves. */
export const WATCHED = 8;

const STREAM = 0x3a7c;

/**
 * Up to `most` slices of a table, as indices into it, in the order of their labels: equally many of each class that
 * occurs, from as many datasets as possible, drawn by the seed.
 */
export function watchedSlices(table: SliceTable, seed: number, most = WATCHED): Uint32Array {
  const drawn = Array.from({ length: table.count }, (_, at) => at).sort(
    (a, b) => hash32(seed, STREAM, a) - hash32(seed, STREAM, b) || a - b,
  );
  const labels = [...new Set(table.label)].sort((a, b) => a - b);
  const queues = labels.map((label) =>
    datasetsInTurn(
      table,
      drawn.filter((at) => table.label[at] === label),
    ),
  );
  const taken: number[] = [];
  for (let round = 0; taken.length < Math.min(most, table.count); round++) {
    for (const queue of queues) if (queue.length > round && taken.length < most) taken.push(queue[round]);
  }
  return Uint32Array.from(taken.sort((a, b) => table.label[a] - table.label[b] || a - b));
}

/** The first of each dataset, then the second of each, and so on. */
function datasetsInTurn(table: SliceTable, slices: readonly number[]): number[] {
  const seen = new Map<number, number>();
  return slices
    .map((slice, order) => {
      const turn = seen.get(table.dataset[slice]) ?? 0;
      seen.set(table.dataset[slice], turn + 1);
      return { slice, order, turn };
    })
    .sort((a, b) => a.turn - b.turn || a.order - b.order)
    .map(({ slice }) => slice);
}
