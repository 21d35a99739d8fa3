/** The ingest worker's service: one job at a time, fed while folders are still walked. */

import { LabError } from '../errors.ts';
import { createFedJob } from '../files/fedJob.ts';
import type { Fence } from '../types.ts';
import type { IngestService } from './contract.ts';
import { type IngestParts, ingest } from './ingest.ts';

/** @param open opens the resources of a job, separately for each, to write as the given writer */
export function createIngestService(
  open: (fence: Fence | null) => Promise<IngestParts & { close(): void }>,
): IngestService {
  const job = createFedJob(busy);
  return {
    ingest: ({ project, fence, batches, options, more = false }, context) =>
      job.run({ batches, more, signal: context.signal }, async (fed) => {
        const parts = await open(fence);
        try {
          return await ingest(parts, { project, batches: fed, options }, context);
        } finally {
          parts.close();
        }
      }),
    feed: job.feed,
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
