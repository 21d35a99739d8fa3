/** The page for bench/cli/repeat.js: one project; drops take the same path as in the app. */
import { walkDrop } from '../../src/app/drop.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { packFileBatches } from '../../src/core/files/fileBatch.ts';
import type { IngestService } from '../../src/core/ingest/contract.ts';
import { connect } from '../../src/core/rpc.ts';
import { openStore } from '../../src/storage/db.ts';

const store = await openStore();
const { id } = await store.createProject('bench');
store.setFence(await store.takeWriter(id));

/** Drops the files of the page's input; each drop has its own worker. */
async function drop(checked: boolean) {
  const input = document.querySelector('input')!;
  const worker = new Worker(checked ? '/worker.js' : '/worker.js?unchecked', { type: 'module' });
  const { call, close } = connect<IngestService>(worker);
  const begun = performance.now();
  const job = call.ingest(
    { project: id, fence: store.fence(), batches: [], options: DEFAULT_OPTIONS, more: true },
    { signal: new AbortController().signal, onEvent: () => {} },
  );
  for await (const { items, bytes } of walkDrop([...input.files!], new AbortController().signal))
    await call.feed({ batches: packFileBatches(items, bytes), more: true });
  await call.feed({ batches: [], more: false });
  const { progress, healed } = await job;
  const seconds = (performance.now() - begun) / 1000;
  close();
  worker.terminate();
  return { seconds, healed, files: progress.files, slices: progress.slices, known: progress.known };
}

Object.assign(globalThis, { drop });
