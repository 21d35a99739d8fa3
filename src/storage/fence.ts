/**
 * Who may write to a project. Becoming its writing tab increments the project's number in the database; every writing
 * transaction checks this number before it changes anything. So a tab, or one of its workers, that lost the lock
 * without noticing cannot write.
 */
import type { LabError } from '../core/errors.ts';
import type { Fence } from '../core/types.ts';
import { writerLost } from './failure.ts';
import type { Transaction } from './schema.ts';

export type { Fence };

/** @throws LabError `writer-lost` */
export async function checkFence(transaction: Transaction<'readwrite'>, fence: Fence | null): Promise<void> {
  if (!fence) throw writerLost();
  const token = await transaction.objectStore('writers').get(fence.project);
  if (token !== fence.token) throw writerLost();
}

/** The error of writing to `project` under the fence of another project, or null. */
export function foreignTo(project: string, fence: Fence | null | undefined): LabError | null {
  return fence === undefined || fence?.project === project ? null : writerLost();
}
