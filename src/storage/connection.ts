/** The database connection: opened on demand, reopened if the browser drops it. */
import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import type { LabError } from '../core/errors.ts';
import type { Trusted } from './columns.ts';
import { databaseForeign, databaseGone, storageError } from './failure.ts';
import { checkFence, type Fence, foreignTo } from './fence.ts';
import type { KnownSeries } from './labelCache.ts';
import type { KnownEvents } from './labelEvents.ts';
import { DATABASE, MIGRATIONS, type Name, type Schema, STORES, type Transaction } from './schema.ts';
import type { KnownSums } from './sliceSums.ts';

/** Await the writes of a transaction one by one: a forgotten promise would reject unhandled on abort. */
export type Connection = {
  read<T>(stores: Name[], work: (transaction: Transaction<'readonly'>) => Promise<T>): Promise<T>;
  /** `strict`: the data are on disk when the promise resolves. Rejects if another writer holds the fence. */
  write<T>(
    stores: Name[],
    work: (transaction: Transaction<'readwrite'>) => Promise<T>,
    durability?: 'strict' | 'relaxed',
  ): Promise<T>;
  /** A write without a fence. */
  writeFreely<T>(stores: Name[], work: (transaction: Transaction<'readwrite'>) => Promise<T>): Promise<T>;
  /** Declares within a write whose data it changes. @throws LabError if the fence is another project's */
  claim(project: string): void;
  /** Sets the writer of all further writes; null: none. Without a call nothing is checked. */
  setFence(fence: Fence | null): void;
  readonly fence: Fence | null | undefined;
  /** Shards whose columns this connection has read and verified. */
  readonly trusted: Trusted;
  /** Label events that this connection has read. */
  readonly knownEvents: KnownEvents;
  readonly knownSeries: KnownSeries;
  readonly knownSums: KnownSums;
  /** Deletes the database; the next use of another connection makes a new one. */
  destroy(): Promise<void>;
  close(): void;
};

export type ConnectionOptions = {
  fence?: Fence | null;
  /** Called when someone else deleted or replaced the database; afterwards no read or write works. */
  onGone?: (error: LabError) => void;
};

/** Delays between attempts to reopen after the browser closed the connection. */
const LOOKS_MS = [0, 500, 2000];

export async function openConnection({ fence: first, onGone }: ConnectionOptions = {}): Promise<Connection> {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;
  /** The id of the database first opened: a replacement is detected. */
  let generation: string | null = null;
  let gone: LabError | null = null;
  let fence = first;
  let destroying = false;

  /** Records that the opened database no longer exists. */
  function lose(error: LabError): LabError {
    if (!gone) {
      gone = error;
      if (!destroying) onGone?.(error);
    }
    return gone;
  }

  function open(): Promise<IDBPDatabase<Schema>> {
    if (gone) return Promise.reject(gone);
    let refused: LabError | null = null;
    const forget = () => {
      if (opening === opened) opening = null;
    };
    const opened: Promise<IDBPDatabase<Schema>> = openDB<Schema>(DATABASE, MIGRATIONS.length, {
      upgrade: async (database, from, _to, transaction) => {
        try {
          if (from === 0 && generation !== null) throw lose(databaseGone());
          for (const migrate of MIGRATIONS.slice(from)) await migrate(database, transaction);
        } catch (error) {
          // Then nothing is changed, and opening fails.
          refused = gone ?? (isStranger(error) ? databaseForeign() : null);
          transaction.done.catch(() => undefined);
          transaction.abort();
        }
      },
      // Another tab wants to upgrade or delete the database and waits for us.
      blocking: (_current, next) => {
        forget();
        void opened.then((database) => database.close());
        if (next === null) lose(databaseGone());
      },
      // The browser closed it, perhaps because its data were cleared: reopening it shows.
      terminated: () => {
        forget();
        void lookForIt();
      },
    }).then(
      async (database) => {
        try {
          await identify(database);
          return database;
        } catch (error) {
          database.close();
          throw error;
        }
      },
      (error: unknown) => {
        throw refused ?? error;
      },
    );
    opened.catch(forget);
    opening = opened;
    return opened;
  }

  /** Checks that the database belongs to this app and is the one opened first. */
  async function identify(database: IDBPDatabase<Schema>): Promise<void> {
    if (STORES.some((name) => !database.objectStoreNames.contains(name))) throw databaseForeign();
    const found = await database.get('identity', 'generation');
    if (!found) throw databaseForeign();
    generation ??= found;
    if (found !== generation) throw lose(databaseGone());
  }

  /** Checks repeatedly whether it still exists: browsers that clear data close connections first, then delete. */
  async function lookForIt(): Promise<void> {
    for (const waitMs of LOOKS_MS) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      await run(['identity'], 'readonly', (transaction) =>
        transaction.objectStore('identity').get('generation'),
      ).catch(() => undefined);
      if (gone) return;
    }
  }

  /** A transaction on a live connection: a lost one shows only on use. */
  async function begin<Mode extends IDBTransactionMode>(
    stores: Name[],
    mode: Mode,
    options?: IDBTransactionOptions,
  ): Promise<Transaction<Mode>> {
    const database = await (opening ?? open());
    try {
      return database.transaction(stores, mode, options);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
      return (await open()).transaction(stores, mode, options);
    }
  }

  async function run<Mode extends IDBTransactionMode, T>(
    stores: Name[],
    mode: Mode,
    work: (transaction: Transaction<Mode>) => Promise<T>,
    options?: IDBTransactionOptions,
  ): Promise<T> {
    try {
      const transaction = await begin(stores, mode, options);
      const result = work(transaction).catch((error: unknown) => {
        abort(transaction);
        throw error;
      });
      // On a full disk only the transaction aborts and its requests stay pending for ever, so the outcome is the
      // transaction's: `done` rejects when it aborts.
      const [value] = await Promise.all([result, transaction.done]);
      return value;
    } catch (error) {
      throw gone ?? storageError(error);
    }
  }

  const close = () => {
    const closing = opening;
    opening = null;
    closing?.then(
      (database) => database.close(),
      () => undefined,
    );
  };

  await open().catch((error: unknown) => {
    throw storageError(error);
  });
  return {
    read: (stores, work) => run(stores, 'readonly', work),
    write: (stores, work, durability = 'relaxed') => {
      const writer = fence;
      if (writer === undefined) return run(stores, 'readwrite', work, { durability });
      return run(
        [...new Set<Name>([...stores, 'writers'])],
        'readwrite',
        async (transaction) => {
          await checkFence(transaction, writer);
          return work(transaction);
        },
        { durability },
      );
    },
    writeFreely: (stores, work) => run(stores, 'readwrite', work, { durability: 'strict' }),
    claim: (project) => {
      const error = foreignTo(project, fence);
      if (error) throw error;
    },
    setFence: (next) => {
      fence = next;
    },
    get fence() {
      return fence;
    },
    trusted: new Map(),
    knownEvents: new Map(),
    knownSeries: new Map(),
    knownSums: new Map(),
    destroy: async () => {
      destroying = true;
      close();
      await deleteDB(DATABASE).catch((error: unknown) => {
        destroying = false;
        throw storageError(error);
      });
      lose(databaseGone());
    },
    close,
  };
}

/** Thrown by a migration on stores that no version of this app made. */
function isStranger(error: unknown): boolean {
  return error instanceof DOMException && ['NotFoundError', 'ConstraintError'].includes(error.name);
}

function abort(transaction: Transaction<IDBTransactionMode>): void {
  try {
    transaction.abort();
  } catch {
    // It has already ended.
  }
}
