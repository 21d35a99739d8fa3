/** The ingest worker: reads dropped files through decode workers into the database. */

import type { IngestService } from '../src/core/ingest/contract.ts';
import { createIngestService } from '../src/core/ingest/service.ts';
import { serve } from '../src/core/rpc.ts';
import { openStore } from '../src/storage/db.ts';
import { DECODERS, spawnDecoder } from './host/decoders.ts';
import { leaking } from './host/leak.ts';

/** False in every build but one that a test makes for itself. */
declare const __LEAK__: boolean;

const service: IngestService = createIngestService(async (fence) => {
  const store = await openStore({ fence });
  return { store, spawn: spawnDecoder, workers: DECODERS, close: store.close };
});

serve(self, __LEAK__ ? leaking(service) : service);
