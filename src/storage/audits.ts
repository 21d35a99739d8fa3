/** What audits found: one record for each label set of a project, replaced by the next audit. */
import type { AuditRecord } from '../core/audit/record.ts';
import type { Connection } from './connection.ts';
import { projectMissing } from './failure.ts';
import type { Store } from './port.ts';
import type { Name, Transaction } from './schema.ts';

/** Stores that hold data of an audit. */
export const OF_AUDITS: Name[] = ['audits', 'sizes'];

export function auditStore({ read, write, claim }: Connection): Pick<Store, 'audit' | 'putAudit'> {
  return {
    audit: (project, set) =>
      read(
        ['audits'],
        async (transaction) => (await transaction.objectStore('audits').get([project, set])) ?? null,
      ),

    putAudit: (record) =>
      write([...OF_AUDITS, 'projects'], async (transaction) => {
        const { project, set } = record;
        claim(project);
        const exists = await transaction.objectStore('projects').getKey(project);
        if (exists === undefined) throw projectMissing();
        await transaction.objectStore('audits').put(record, [project, set]);
        await transaction.objectStore('sizes').put(auditBytes(record), ['audit', project, set]);
      }),
  };
}

/** Deletes the audits of a project, within a transaction over OF_AUDITS. */
export async function removeAudits(transaction: Transaction<'readwrite'>, project: string): Promise<void> {
  await transaction.objectStore('audits').delete(IDBKeyRange.bound([project], [project, []]));
  const sizes = IDBKeyRange.bound(['audit', project], ['audit', project, []]);
  await transaction.objectStore('sizes').delete(sizes);
}

function auditBytes({ shards }: AuditRecord): number {
  return shards.reduce((sum, { shard: _, ...columns }) => {
    return sum + Object.values(columns).reduce((bytes, column) => bytes + column.byteLength, 0);
  }, 0);
}
