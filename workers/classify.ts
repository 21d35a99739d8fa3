/** The classify worker. */
import type { ClassifyService } from '../src/core/protocol.ts';
import { serve } from '../src/core/rpc.ts';
import { DECODERS, spawnDecoder } from './host/decoders.ts';
import { browserHost, openTrainer } from './host/device.ts';
import { withStore } from './host/store.ts';
import { classifyRun } from './jobs/classification.ts';
import { createClassifyService } from './jobs/classifying.ts';

serve<ClassifyService>(
  self,
  createClassifyService((args, context) =>
    withStore(null, (store) =>
      classifyRun(
        {
          store,
          openTrainer: (config) => openTrainer(config, browserHost()),
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
