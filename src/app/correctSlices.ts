/** Corrects labels of single slices where a mistake is seen: one act a press, each taken back alone. */
import type { LabelChange } from '../core/labels/event.ts';
import { rangesOf } from '../core/labels/ranges.ts';
import type { SliceRef } from '../core/types.ts';
import { type Context, report } from './context.ts';

/** What a press stored; null: nothing, and the user was told. */
export type Act = Promise<number | null>;

export type SliceCorrectionActions = {
  correctSlices(refs: readonly SliceRef[], change: LabelChange): Act;
  /**
   * Takes an act back, or makes it again, if it is the project's last one: what was done elsewhere since stays. False if
   * nothing was done, and the user was told.
   */
  undoCorrection(act: Act): Promise<boolean>;
  redoCorrection(act: Act): Promise<boolean>;
};

/** After the last press, until the figures of the pages are read again. */
const REST_MS = 1200;

/** @param refresh reads the project's datasets and figures again */
export function createSliceCorrections(
  { get, store, ...context }: Context,
  refresh: () => Promise<void>,
): SliceCorrectionActions {
  /** In the order of the presses. */
  let last: Promise<unknown> = Promise.resolve();
  let resting: ReturnType<typeof setTimeout> | null = null;

  function rest(): void {
    if (resting !== null) clearTimeout(resting);
    resting = setTimeout(() => {
      resting = null;
      refresh().catch((error) =>
        report({ get, store, ...context }, 'The figures were not read again.', error),
      );
    }, REST_MS);
  }

  function inTurn<T>(title: string, work: () => Promise<T>, failed: T): Promise<T> {
    const turn = last.then(work).then(
      (done) => {
        rest();
        return done;
      },
      async (error) => {
        await report({ get, store, ...context }, title, error);
        return failed;
      },
    );
    last = turn;
    return turn;
  }

  const step = (kind: 'undoLabels' | 'redoLabels', title: string, act: Act) =>
    inTurn(
      title,
      async () => {
        const made = await act;
        if (made === null) return false;
        if (await store[kind](get().project.id, get().reader, Date.now(), made)) return true;
        context.notify({
          tone: 'info',
          title,
          detail: 'Other labels of the project were changed since then.',
          next: 'Undo on the Label page takes the changes back from the last one on.',
          action: null,
        });
        return false;
      },
      false,
    );

  return {
    correctSlices: (refs, change) =>
      inTurn<number | null>(
        'The label was not stored. It is as it was.',
        () => {
          const target = { kind: 'slices', slices: byShard(refs) } as const;
          return store.editLabels(get().project.id, [{ target, change }], get().reader, Date.now());
        },
        null,
      ),
    undoCorrection: (act) => step('undoLabels', 'The label was not taken back.', act),
    redoCorrection: (act) => step('redoLabels', 'The label was not given again.', act),
  };
}

function byShard(refs: readonly SliceRef[]) {
  const rows = new Map<number, number[]>();
  for (const { shard, row } of refs) {
    const of = rows.get(shard);
    if (of) of.push(row);
    else rows.set(shard, [row]);
  }
  return [...rows].map(([shard, of]) => ({ shard, rows: rangesOf(of.toSorted((a, b) => a - b)) }));
}
