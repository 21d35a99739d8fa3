/** Corrects labels of single slices where a mistake is seen: one act a press, each taken back alone. */
import type { LabelChange } from '../core/labels/event.ts';
import { rangesOf } from '../core/labels/ranges.ts';
import type { SliceRef } from '../core/types.ts';
import { type Context, report } from './context.ts';

export type SliceCorrectionActions = {
  /** false: it could not be stored, and the user was told. */
  correctSlice(ref: SliceRef, change: LabelChange): Promise<boolean>;
  /** Takes the project's last act back, or makes it again; false if nothing was done. */
  undoCorrection(): Promise<boolean>;
  redoCorrection(): Promise<boolean>;
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

  function inTurn(title: string, work: () => Promise<boolean>): Promise<boolean> {
    const turn = last.then(work).then(
      (done) => {
        rest();
        return done;
      },
      async (error) => {
        await report({ get, store, ...context }, title, error);
        return false;
      },
    );
    last = turn;
    return turn;
  }

  return {
    correctSlice: ({ shard, row }, change) =>
      inTurn('The label was not stored. It is as it was.', async () => {
        const target = { kind: 'slices', slices: [{ shard, rows: rangesOf([row]) }] } as const;
        await store.editLabels(get().project.id, [{ target, change }], get().reader, Date.now());
        return true;
      }),
    undoCorrection: () =>
      inTurn('The label was not taken back.', () =>
        store.undoLabels(get().project.id, get().reader, Date.now()),
      ),
    redoCorrection: () =>
      inTurn('The label was not given again.', () =>
        store.redoLabels(get().project.id, get().reader, Date.now()),
      ),
  };
}
