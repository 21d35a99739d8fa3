/** The ingest worker: reads dropped files through decode workers into the database. */
import type { IngestService } from '../src/core/ingest/contract.ts';
import { createIngestService } from '../src/core/ingest/service.ts';
import { serve } from '../src/core/rpc.ts';
import { openStore } from '../src/storage/db.ts';
import { DECODERS, spawnDecoder } from './host/decoders.ts';

serve<IngestService>(
  self,
  createIngestService(async (fence) => {
    const store = await openStore({ fence });
    const nowMs = () => performance.now();
    return { store, spawn: spawnDecoder, workers: DECODERS, nowMs, close: store.close };
  }),
);
