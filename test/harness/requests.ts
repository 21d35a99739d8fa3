/** Counts the requests that a piece of work makes of IndexedDB. */

const READS = ['get', 'getAll', 'getKey', 'getAllKeys', 'count', 'openCursor', 'openKeyCursor'] as const;
const WRITES = ['add', 'put', 'delete'] as const;

export async function countRequests(
  work: () => Promise<unknown>,
): Promise<{ reads: number; writes: number }> {
  const counts = { reads: 0, writes: 0 };
  const undo = [
    ...READS.flatMap((name) => [
      counted(IDBObjectStore.prototype, name, () => counts.reads++),
      counted(IDBIndex.prototype, name, () => counts.reads++),
    ]),
    ...WRITES.map((name) => counted(IDBObjectStore.prototype, name, () => counts.writes++)),
  ];
  try {
    await work();
  } finally {
    for (const back of undo) back();
  }
  return counts;
}

function counted(prototype: object, name: string, count: () => void): () => void {
  const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
  const original = methods[name];
  methods[name] = function (this: unknown, ...args: unknown[]) {
    count();
    return original.apply(this, args);
  };
  return () => {
    methods[name] = original;
  };
}
