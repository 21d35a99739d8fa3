/** The ingest worker: reads dropped files through decode workers into the database. */
import { createIngestService } from '../src/core/ingest/service.ts';
import { serve } from '../src/core/rpc.ts';
import { openStore } from '../src/storage/db.ts';
import { DECODERS, spawnDecoder } from './host/decoders.ts';

serve(
  self,
  createIngestService(async () => {
    const store = await openStore();
    return { store, spawn: spawnDecoder, workers: DECODERS, close: store.close };
  }),
);
