/** One thread of a check for copies: started and ended by workers/leaks.ts. */
import { createPartService } from '../src/core/leaks/part.ts';
import { serve } from '../src/core/rpc.ts';
import { openStore } from '../src/storage/db.ts';
import type { Store } from '../src/storage/port.ts';
import type { PartWorkerService } from './host/leakParts.ts';
import { createYieldToEventLoop } from './host/yieldToEventLoop.ts';

/** Ends with the worker. */
let store: Promise<Store>;

serve<PartWorkerService>(self, {
  open: async ({ fence }) => {
    store = openStore({ fence });
    await store;
  },
  ...createPartService(async (shard) => (await store).shardPixels(shard), createYieldToEventLoop()),
});
