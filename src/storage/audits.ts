/** What audits found: one record for each label set of a project, and one of its copies, each replaced by the next. */
import type { AuditRecord } from '../core/audit/record.ts';
import type { LeakRecord } from '../core/leaks/record.ts';
import type { Connection } from './connection.ts';
import { projectMissing } from './failure.ts';
import type { Store } from './port.ts';
import type { Name, Transaction } from './schema.ts';

/** Stores that hold data of an audit. */
export const OF_AUDITS: Name[] = ['audits', 'sizes'];

/** Stands in the place of a label set's id: copies are copies whatever their labels. */
const OF_COPIES = '';

type AuditMethods = Pick<Store, 'audit' | 'putAudit' | 'leakRecord' | 'putLeakRecord'>;

export function auditStore({ read, write, claim }: Connection): AuditMethods {
  const find = (project: string, set: string) =>
    read(
      ['audits'],
      async (transaction) => (await transaction.objectStore('audits').get([project, set])) ?? null,
    );

  const put = (record: AuditRecord | LeakRecord, set: string, bytes: number) =>
    write([...OF_AUDITS, 'projects'], async (transaction) => {
      const { project } = record;
      claim(project);
      const exists = await transaction.objectStore('projects').getKey(project);
      if (exists === undefined) throw projectMissing();
      await transaction.objectStore('audits').put(record, [project, set]);
      await transaction.objectStore('sizes').put(bytes, ['audit', project, set]);
    });

  return {
    audit: async (project, set) => (await find(project, set)) as AuditRecord | null,
    putAudit: (record) => put(record, record.set, auditBytes(record)),
    leakRecord: async (project) => (await find(project, OF_COPIES)) as LeakRecord | null,
    putLeakRecord: (record) => put(record, OF_COPIES, leakBytes(record)),
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

function leakBytes({ shards, rows, likeness }: LeakRecord): number {
  return shards.byteLength + rows.byteLength + likeness.byteLength;
}
