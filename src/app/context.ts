/** What every command of the app works with: the page's state, the database, and the way to tell the person. */
import { toErrorRecord } from '../core/errors.ts';
import type { Store } from '../storage/port.ts';
import type { Actions, Notice, State } from './state.ts';

export type Context = {
  get(): State;
  set(patch: Partial<State> | ((state: State) => Partial<State>)): void;
  store: Store;
  notify(notice: Omit<Notice, 'id'>): void;
  go: Actions['go'];
};

/** Says what went wrong; a cancelled operation is no error. */
export function report(context: Context, title: string, error: unknown): void {
  const record = toErrorRecord(error);
  if (record.code === 'cancelled') return;
  context.notify({
    tone: 'error',
    title,
    detail: `${record.message} ${record.outcome}`,
    next: record.next,
    action: null,
  });
}

/** Runs a command; a failure ends as a notice instead of an exception. */
export async function attempt<T>(context: Context, title: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    report(context, title, error);
    return null;
  }
}
