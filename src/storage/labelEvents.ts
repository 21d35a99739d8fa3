/** A project's label events: read once by a connection; afterwards only what was added since. */
import { type EditIndex, indexEdits } from '../core/labels/editIndex.ts';
import type { LabelEvent } from '../core/labels/event.ts';
import { historyOf, type LabelHistory } from '../core/labels/history.ts';
import type { StoredEvent, Transaction } from './schema.ts';

export type ProjectEvents = {
  events: readonly LabelEvent[];
  history: LabelHistory;
  /** Of the edits in force. */
  edits: EditIndex;
};

/** By project. */
export type KnownEvents = Map<string, ProjectEvents>;

export async function readEvents(
  transaction: Transaction<IDBTransactionMode>,
  project: string,
  known: KnownEvents,
): Promise<ProjectEvents> {
  const before = known.get(project);
  const last = before?.events.at(-1)?.seq ?? 0;
  const added = await transaction
    .objectStore('labelEvents')
    .index('project')
    .getAll(IDBKeyRange.bound([project, last + 1], [project, []]));
  if (before && added.length === 0) return before;
  const now = projectEvents([...(before?.events ?? []), ...added.map(restored)]);
  known.set(project, now);
  return now;
}

export function projectEvents(events: readonly LabelEvent[]): ProjectEvents {
  const history = historyOf(events);
  return { events, history, edits: indexEdits(history.edits) };
}

/** Appends an event. @returns its number */
export async function addEvent(transaction: Transaction<'readwrite'>, event: NewEvent): Promise<number> {
  return transaction.objectStore('labelEvents').add(event as StoredEvent);
}

type NewEvent = StoredEvent extends infer Event
  ? Event extends unknown
    ? Omit<Event, 'seq'>
    : never
  : never;

/** The first edit of an act is stored without the act's number, which is its own. */
function restored(event: StoredEvent): LabelEvent {
  return { act: event.seq, ...event } as LabelEvent;
}
