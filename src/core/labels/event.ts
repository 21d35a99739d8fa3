/** Label events: the append-only record of who gave which slices which label. */
import type { LabelSource } from '../types.ts';

/** Rows of a shard, `from` up to, not including, `to`. */
export type RowRange = readonly [from: number, to: number];

/** A series within a dataset; `key` as given by `seriesKey`. Slices of it that are stored later get the label, too. */
export type SeriesRef = { dataset: string; key: string };

export type LabelTarget =
  | { kind: 'series'; series: readonly SeriesRef[] }
  | { kind: 'dataset'; dataset: string }
  | { kind: 'slices'; slices: readonly SlicesOfShard[] };

/** `who` is added when the edit is stored; events of before have none. */
export type SlicesOfShard = { shard: number; rows: readonly RowRange[]; who?: SliceIdentity };

/**
 * The slices of an event without their places: a dataset that was removed and is dropped again has other places. `keys`
 * are their keys, KEY_BYTES each, as of the column of that name; `series` are theirs.
 */
export type SliceIdentity = { keys: Uint8Array; series: readonly SeriesRef[] };

/** Who says it. Nobody proposes by an event: tags and folders do so by `propose`, but old projects have such labels. */
export type EventSource = Exclude<LabelSource, 'none'>;

export type LabelChange =
  /** `class` is a class's id; null: none of the set's classes. */
  | {
      kind: 'label';
      set: string;
      class: string | null;
      source: EventSource;
      /** Given in answer to a doubt: the ids of the classes that it was between. */
      between?: readonly string[];
    }
  /** Excluded slices are kept, but not trained on or counted. */
  | { kind: 'exclude'; exclude: boolean };

/** A change with the slices it applies to, before it is stored. */
export type LabelEdit = { target: LabelTarget; change: LabelChange };

type Stored = {
  /** Position in the project's record, ascending. */
  seq: number;
  project: string;
  timeMs: number;
  /** What the reader calls themselves in Settings; '' if nothing. */
  reader: string;
};

export type LabelEvent = Stored &
  (
    | ({
        kind: 'edit';
        /** Edits of one act are undone together; the `seq` of its first. */
        act: number;
        /** Taken over from an older version of the project: not undone. */
        migrated?: true;
      } & LabelEdit)
    /** Takes back, or makes again, the edits of one act. */
    | { kind: 'undo' | 'redo'; act: number }
  );

/** The series whose slices a target may mean wherever they are stored; those of a dataset are not listed. */
export function seriesOf(target: LabelTarget): readonly SeriesRef[] {
  if (target.kind === 'series') return target.series;
  return target.kind === 'slices' ? target.slices.flatMap(({ who }) => who?.series ?? []) : [];
}
