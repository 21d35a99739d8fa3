/** The audit worker: doubts labels by what fold models and similar pictures say; one job at a time. */
import type { AuditService } from '../src/core/audit/contract.ts';
import { rankAgain, runAudit } from '../src/core/audit/session.ts';
import { LabError } from '../src/core/errors.ts';
import { serve } from '../src/core/rpc.ts';
import { browserHost, openTrainer } from './host/device.ts';
import { withStore } from './host/store.ts';
import { createYieldToEventLoop } from './host/yieldToEventLoop.ts';

const host = browserHost();
const yieldToEventLoop = createYieldToEventLoop();
let busy = false;

serve<AuditService>(self, {
  async audit({ fence, ...args }, { signal, emit }) {
    if (busy) throw alreadyDoubting();
    busy = true;
    try {
      return await withStore(fence, (store) =>
        runAudit(args, {
          store,
          openTrainer: (config, classes) => openTrainer(config, classes, host),
          yieldToEventLoop,
          nowMs: () => performance.now(),
          dateMs: Date.now,
          signal,
          progress: emit,
        }),
      );
    } finally {
      busy = false;
    }
  },
  rank: (args) => withStore(null, (store) => rankAgain(args, store)),
});

function alreadyDoubting(): LabError {
  return new LabError(
    'busy',
    'Doubts are being looked for already.',
    'Nothing was changed.',
    'Wait until that has ended, or cancel it.',
  );
}
