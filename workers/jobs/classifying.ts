/** The classify worker's service: one job at a time, fed while folders are still walked. */
import { LabError } from '../../src/core/errors.ts';
import { createFeed, type Feed } from '../../src/core/ingest/feed.ts';
import type { CallContext, ClassifyEvent, ClassifyService } from '../../src/core/protocol.ts';
import type { ClassificationArgs, classifyRun } from './classification.ts';

/** @param job classifies; what it needs of a browser is its own affair */
export function createClassifyService(
  job: (args: ClassificationArgs, context: CallContext<ClassifyEvent>) => ReturnType<typeof classifyRun>,
): ClassifyService {
  let feed: Feed | null = null;

  return {
    classify: async ({ lots, more = false, ...args }, context) => {
      if (feed) throw busy();
      const mine = createFeed();
      feed = mine;
      void mine.push(lots, more);
      context.signal.addEventListener('abort', mine.close, { once: true });
      try {
        return await job({ ...args, lots: mine }, context);
      } finally {
        mine.close();
        feed = null;
      }
    },

    feed: async ({ lots, more }) => {
      await feed?.push(lots, more);
    },
  };
}

function busy(): LabError {
  return new LabError(
    'busy',
    'Files are being classified already.',
    'The files dropped last were not read.',
    'Drop them again when the files before are done.',
  );
}
