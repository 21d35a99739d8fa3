/** The connection to the database: opened when needed, opened again when the browser drops it. */
import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import type { LabError } from '../core/errors.ts';
import type { Trusted } from './columns.ts';
import { databaseForeign, databaseGone, storageError } from './failure.ts';
import { checkFence, type Fence, foreignTo } from './fence.ts';
import { DATABASE, MIGRATIONS, type Name, type Schema, STORES, type Transaction } from './schema.ts';

/** Writes of one transaction are awaited one by one: a promise left alone would reject unheard when it aborts. */
export type Connection = {
  read<T>(stores: Name[], work: (transaction: Transaction<'readonly'>) => Promise<T>): Promise<T>;
  /** `strict`: the data have reached the disk when the promise resolves. Refused where the fence has fallen. */
  write<T>(
    stores: Name[],
    work: (transaction: Transaction<'readwrite'>) => Promise<T>,
    durability?: 'strict' | 'relaxed',
  ): Promise<T>;
  /** A write that belongs to no project's writer. */
  writeFreely<T>(stores: Name[], work: (transaction: Transaction<'readwrite'>) => Promise<T>): Promise<T>;
  /** Says within a write whose data it changes. @throws LabError where the fence is another project's */
  claim(project: string): void;
  /** From now on writes are those of this writer; null: none. Without a call nothing is checked. */
  setFence(fence: Fence | null): void;
  readonly fence: Fence | null | undefined;
  /** Shards whose columns this connection has read and found whole. */
  readonly trusted: Trusted;
  /** Deletes the database; the next use of another connection makes a new one. */
  destroy(): Promise<void>;
  close(): void;
};

export type ConnectionOptions = {
  fence?: Fence | null;
  /** Called when the database was deleted or replaced by others; nothing can be read or written from then on. */
  onGone?: (error: LabError) => void;
};

/** When to look for a database whose connection the browser closed, each after the one before. */
const LOOKS_MS = [0, 500, 2000];

export async function openConnection({ fence: first, onGone }: ConnectionOptions = {}): Promise<Connection> {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;
  /** Which database this connection began with: no other takes its place unnoticed. */
  let generation: string | null = null;
  let gone: LabError | null = null;
  let fence = first;
  let destroying = false;

  /** What was opened is no longer there. */
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
          // Nothing is changed then, and opening fails.
          refused = gone ?? (isStranger(error) ? databaseForeign() : null);
          transaction.done.catch(() => undefined);
          transaction.abort();
        }
      },
      // Another tab upgrades or deletes the database: it waits for us.
      blocking: (_current, next) => {
        forget();
        void opened.then((database) => database.close());
        if (next === null) lose(databaseGone());
      },
      // The browser closed it, because its data were cleared or for reasons of its own: opening it again tells which.
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

  /** Checks that it is a database of this app, and the one that was opened first. */
  async function identify(database: IDBPDatabase<Schema>): Promise<void> {
    if (STORES.some((name) => !database.objectStoreNames.contains(name))) throw databaseForeign();
    const found = await database.get('identity', 'generation');
    if (!found) throw databaseForeign();
    generation ??= found;
    if (found !== generation) throw lose(databaseGone());
  }

  /** Looks whether it is still there, and again: what clears data closes the connections first, then deletes. */
  async function lookForIt(): Promise<void> {
    for (const waitMs of LOOKS_MS) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      await run(['identity'], 'readonly', (transaction) =>
        transaction.objectStore('identity').get('generation'),
      ).catch(() => undefined);
      if (gone) return;
    }
  }

  /** A transaction on a live connection: one that was lost shows only when it is used. */
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
      // A full disk fires only the transaction's abort and leaves its requests pending for ever, so the outcome
      // is the transaction's: `done` rejects when it aborts.
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
      const mine = fence;
      if (mine === undefined) return run(stores, 'readwrite', work, { durability });
      return run(
        [...new Set<Name>([...stores, 'writers'])],
        'readwrite',
        async (transaction) => {
          await checkFence(transaction, mine);
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

/** What a migration throws on stores that no version of this app made. */
function isStranger(error: unknown): boolean {
  return error instanceof DOMException && ['NotFoundError', 'ConstraintError'].includes(error.name);
}

function abort(transaction: Transaction<IDBTransactionMode>): void {
  try {
    transaction.abort();
  } catch {
    // It had ended already.
  }
}
