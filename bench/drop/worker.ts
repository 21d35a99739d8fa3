/** The app's ingest worker. With `?unchecked` in its address, a repeated drop trusts the stored data. */

import type { DecodeService } from '../../src/core/files/decoder.ts';
import { createIngestService } from '../../src/core/ingest/service.ts';
import { connect, type Endpoint, serve } from '../../src/core/rpc.ts';
import { openStore } from '../../src/storage/db.ts';
import { DECODERS } from '../../workers/host/decoders.ts';

const unchecked = new URL(self.location.href).searchParams.has('unchecked');

function spawn() {
  const worker = new Worker('/decode.js', { type: 'module' });
  return { ...connect<DecodeService>(worker), terminate: () => worker.terminate() };
}

serve(
  self as unknown as Endpoint,
  createIngestService(async (fence) => {
    const store = await openStore({ fence });
    const used = unchecked ? { ...store, damagedRows: async () => [] } : store;
    return { store: used, spawn, workers: DECODERS, nowMs: () => performance.now(), close: store.close };
  }),
);
