/** The classify worker: one job at a time. */

import { LabError } from '../src/core/errors.ts';
import { createFeed, type Feed } from '../src/core/ingest/feed.ts';
import type { ClassifyService } from '../src/core/protocol.ts';
import { serve } from '../src/core/rpc.ts';
import { withStore } from './host/store.ts';
import { classifyRun } from './jobs/classification.ts';

let feed: Feed | null = null;

serve<ClassifyService>(self, {
  async classify({ run, lots, options, device, more = false }, context) {
    if (feed) throw busy();
    const mine = createFeed();
    feed = mine;
    void mine.push(lots, more);
    context.signal.addEventListener('abort', mine.close, { once: true });
    try {
      return await withStore((store) => classifyRun({ store, run, device, lots: mine, options }, context));
    } finally {
      mine.close();
      feed = null;
    }
  },
  async feed({ lots, more }) {
    await feed?.push(lots, more);
  },
});

function busy(): LabError {
  return new LabError(
    'busy',
    'Files are being classified already.',
    'The files dropped last were not read.',
    'Drop them again when the files before are done.',
  );
}
