/** What every command of the app works with: the page's state, the database, and notices to the user. */
import { type ErrorRecord, toErrorRecord } from '../core/errors.ts';
import type { Store } from '../storage/port.ts';
import type { NavigationActions } from './navigate.ts';
import { serverAnswers, serverGone } from './server.ts';
import type { Notice, Question, State } from './state.ts';

export type Context = {
  get(): State;
  set(patch: Partial<State> | ((state: State) => Partial<State>)): void;
  store: Store;
  notify(notice: Omit<Notice, 'id'>): void;
  go: NavigationActions['go'];
  /** Asks the user; false if the user declines. */
  ask(question: Question): Promise<boolean>;
};

/**
 * Codes of failures that a stopped server also causes: a worker that can't be loaded looks like one that crashed, and a
 * part of a program that a worker could not load is an error without a code.
 */
const MAY_BE_SERVER: readonly string[] = ['worker-crashed', 'device-lost', 'device-unavailable', 'internal'];

/** An error for the user; if the app's own server is missing, the error says so. */
export async function explain(error: unknown): Promise<ErrorRecord> {
  const record = toErrorRecord(error);
  const suspect = MAY_BE_SERVER.includes(record.code);
  return suspect && !(await serverAnswers()) ? serverGone() : record;
}

/** Reports and returns an error; a cancelled operation is no error. */
export async function report(context: Context, title: string, error: unknown): Promise<ErrorRecord> {
  const record = await explain(error);
  if (record.code === 'cancelled') return record;
  // Another tab writes now, even if the lock seems to be ours.
  if (record.code === 'writer-lost') context.set({ readOnly: true });
  context.notify({
    tone: 'error',
    title,
    detail: `${record.message} ${record.outcome}`,
    next: record.next,
    action: null,
  });
  return record;
}

/** Runs a command; a failure ends as a notice instead of an exception. */
export async function attempt<T>(context: Context, title: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    await report(context, title, error);
    return null;
  }
}

/** Whether reading or training is running, during which stored data must not change; if so, tells the user. */
export function refusedWhileBusy({ get, notify }: Pick<Context, 'get' | 'notify'>, title: string): boolean {
  const { live, job } = get();
  if (!live && !job) return false;
  notify({
    tone: 'error',
    title,
    detail: live ? 'A training is under way.' : 'Files are being read.',
    next: 'Change them when it is done.',
    action: null,
  });
  return true;
}
