/** The worker of the leak guard: it looks for copies among the slices of a project; one job at a time. */
import { LabError } from '../src/core/errors.ts';
import type { LeakService } from '../src/core/leaks/contract.ts';
import { checkForLeaks } from '../src/core/leaks/session.ts';
import { serve } from '../src/core/rpc.ts';
import { startThreads } from './host/leakParts.ts';
import { withStore } from './host/store.ts';
import { createYieldToEventLoop } from './host/yieldToEventLoop.ts';

const yieldToEventLoop = createYieldToEventLoop();
let busy = false;

serve<LeakService>(self, {
  async check({ project, fence }, { signal, emit }) {
    if (busy) throw alreadyChecking();
    busy = true;
    try {
      return await withStore(fence, async (store) => {
        const threads = await startThreads(store, fence);
        try {
          return await checkForLeaks(project, {
            ...{ store, threads, yieldToEventLoop, signal, progress: emit },
            nowMs: () => performance.now(),
            dateMs: Date.now,
          });
        } finally {
          threads.end();
        }
      });
    } finally {
      busy = false;
    }
  },
});

function alreadyChecking(): LabError {
  return new LabError(
    'busy',
    'Copies are being looked for already.',
    'Nothing was changed.',
    'Wait until that has ended, or cancel it.',
  );
}
