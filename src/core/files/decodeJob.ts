/** A parcel on its way through the pool: what has come of it so far, and whoever waits for the rest. */
import type { Skip } from '../skip.ts';
import type { PackedFile } from './fileBytes.ts';
import { type Chunk, skippedChunk } from './sliceBatch.ts';

/** Reads some of a parcel's files; again where a worker took what had been read to its end. Never rejects. */
export type Load = (from: number, to: number) => Promise<PackedFile[]>;

export type Task = {
  readonly id: number;
  readonly files: number;
  readonly limitMs: number;
  /** What was read, until it is sent. */
  loaded: PackedFile[] | null;
  load(): Promise<PackedFile[]>;
  /** A worker has begun with it. */
  started: boolean;
  /** Takes chunks from a worker; true if they were the last. */
  arrive(chunks: Chunk[]): boolean;
  /** Every file's last chunk has arrived. */
  readonly complete: boolean;
  /** A file of it ended its worker, or was not over in time: gives tasks for the files that are still to be read. */
  giveUp(skip: Skip): Task[];
  fail(error: unknown): void;
  /** Chunks in the order of the files. @param ask called when a worker waits to be asked for more */
  chunks(ask: (task: Task) => void): AsyncGenerator<Chunk>;
};

let nextId = 1;

export function createTask(files: number, limitMs: number, load: Load): Task {
  const arrived: Chunk[] = [];
  /** Files whose last chunk has arrived; `open`: another one's first. */
  let given = 0;
  let open = false;
  /** Whether a worker has answered and not been asked since. */
  let idle = false;
  /** Files that go to a worker by themselves, since one of them ended theirs. */
  let single: Task[] = [];
  let failure: { error: unknown } | null = null;
  let wake = () => {};

  const arrive = (chunks: Chunk[]) => {
    arrived.push(...chunks);
    given += chunks.filter(({ done }) => done).length;
    open = !(chunks.at(-1)?.done ?? true);
    idle = given < files;
    wake();
    return !idle;
  };

  const task: Task = {
    id: nextId++,
    files,
    limitMs,
    loaded: null,
    load: () => load(0, files),
    started: false,
    arrive,
    get complete() {
      return given === files;
    },
    giveUp: (skip) => {
      // A file that has given a chunk, or is the only one left, is the culprit; else it may be any of them.
      if (open || given === files - 1) arrive([skippedChunk(skip)]);
      idle = false;
      const first = given;
      single = Array.from({ length: files - first }, (_, i) =>
        createTask(1, limitMs, () => load(first + i, first + i + 1)),
      );
      wake();
      return single;
    },
    fail: (error) => {
      failure ??= { error };
      wake();
    },
    async *chunks(ask) {
      for (;;) {
        for (let chunk = arrived.shift(); chunk; chunk = arrived.shift()) yield chunk;
        if (failure) throw failure.error;
        if (given + single.length === files) break;
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        if (idle) {
          idle = false;
          ask(task);
        }
        await woken;
      }
      // They are opened already; nobody has to ask for more than the rest of a file.
      for (const one of single) yield* one.chunks(ask);
    },
  };
  return task;
}
