/** The connection to the database: opened when needed, opened again when the browser drops it. */
import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import { storageError } from './failure.ts';
import { DATABASE, MIGRATIONS, type Name, type Schema, type Transaction } from './schema.ts';

/** Writes of one transaction are awaited one by one: a promise left alone would reject unheard when it aborts. */
export type Connection = {
  read<T>(stores: Name[], work: (transaction: Transaction<'readonly'>) => Promise<T>): Promise<T>;
  /** `strict`: the data have reached the disk when the promise resolves. */
  write<T>(
    stores: Name[],
    work: (transaction: Transaction<'readwrite'>) => Promise<T>,
    durability?: 'strict' | 'relaxed',
  ): Promise<T>;
  /** Deletes the database; the next use makes a new one. */
  destroy(): Promise<void>;
  close(): void;
};

export async function openConnection(): Promise<Connection> {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;

  function open(): Promise<IDBPDatabase<Schema>> {
    const forget = () => {
      opening = null;
    };
    const opened = openDB<Schema>(DATABASE, MIGRATIONS.length, {
      upgrade: async (database, from, _to, transaction) => {
        try {
          for (const migrate of MIGRATIONS.slice(from)) await migrate(database, transaction);
        } catch {
          // Nothing is changed then, and opening fails.
          transaction.abort();
        }
      },
      // Another tab upgrades or deletes the database: it waits for us.
      blocking: () => {
        forget();
        void opened.then((database) => database.close());
      },
      terminated: forget,
    });
    opened.catch(forget);
    opening = opened;
    return opened;
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
      throw storageError(error);
    }
  }

  const close = () => {
    const closing = opening;
    opening = null;
    void closing?.then((database) => database.close());
  };

  await open().catch((error: unknown) => {
    throw storageError(error);
  });
  return {
    read: (stores, work) => run(stores, 'readonly', work),
    write: (stores, work, durability = 'relaxed') => run(stores, 'readwrite', work, { durability }),
    destroy: async () => {
      close();
      await deleteDB(DATABASE).catch((error: unknown) => {
        throw storageError(error);
      });
    },
    close,
  };
}

function abort(transaction: Transaction<IDBTransactionMode>): void {
  try {
    transaction.abort();
  } catch {
    // It had ended already.
  }
}
