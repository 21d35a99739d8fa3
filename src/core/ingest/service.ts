/** The ingest worker's service: one job at a time, fed while folders are still walked. */
import { LabError } from '../errors.ts';
import type { Fence, IngestService } from '../protocol.ts';
import { createFeed, type Feed } from './feed.ts';
import { type IngestParts, ingest } from './ingest.ts';

/** @param open opens what a job needs, anew for each, to write as the given writer */
export function createIngestService(
  open: (fence: Fence | null) => Promise<IngestParts & { close(): void }>,
): IngestService {
  let feed: Feed | null = null;

  return {
    ingest: async ({ project, fence, lots, options, more = false }, context) => {
      if (feed) throw busy();
      const mine = createFeed();
      feed = mine;
      void mine.push(lots, more);
      context.signal.addEventListener('abort', mine.close, { once: true });
      try {
        const parts = await open(fence);
        try {
          return await ingest(parts, { project, lots: mine, options }, context);
        } finally {
          parts.close();
        }
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
    'Files are being read already.',
    'The files dropped last were not read.',
    'Drop them again when the files before are done.',
  );
}
