/** The explain worker: asks the model of a stored run about single slices, independently of running jobs. */
import type { ExplainService } from '../src/core/explain/contract.ts';
import { serve } from '../src/core/rpc.ts';
import { browserHost, openWorking } from './host/device.ts';
import { withStore } from './host/store.ts';
import { createExplainService } from './jobs/explaining.ts';

serve<ExplainService>(
  self,
  createExplainService({
    withStore: (work) => withStore(null, work),
    open: openWorking,
    host: browserHost(),
  }),
);
