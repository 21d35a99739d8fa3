/** The classify worker. */
import type { ClassifyService } from '../src/core/classify/contract.ts';
import { createClassifyService } from '../src/core/classify/service.ts';
import { serve } from '../src/core/rpc.ts';
import { DECODERS, spawnDecoder } from './host/decoders.ts';
import { browserHost, openTrainer } from './host/device.ts';
import { withStore } from './host/store.ts';
import { classifyRun } from './jobs/classification.ts';

serve<ClassifyService>(
  self,
  createClassifyService((args, context) =>
    withStore(null, (store) =>
      classifyRun(
        {
          store,
          openTrainer: (config, classes) => openTrainer(config, classes, browserHost()),
          spawn: spawnDecoder,
          workers: DECODERS,
          nowMs: () => performance.now(),
        },
        args,
        context,
      ),
    ),
  ),
);
