/** The classify worker's service: one job at a time, fed while folders are still walked. */
import { LabError } from '../../src/core/errors.ts';
import { createFedJob } from '../../src/core/ingest/fedJob.ts';
import type { CallContext, ClassifyEvent, ClassifyService } from '../../src/core/protocol.ts';
import type { ClassificationArgs, classifyRun } from './classification.ts';

/** @param job classifies; what it needs of a browser is its own affair */
export function createClassifyService(
  job: (args: ClassificationArgs, context: CallContext<ClassifyEvent>) => ReturnType<typeof classifyRun>,
): ClassifyService {
  const fedJob = createFedJob(busy);
  return {
    classify: ({ lots, more = false, ...args }, context) =>
      fedJob.run({ lots, more, signal: context.signal }, (fed) => job({ ...args, lots: fed }, context)),
    feed: fedJob.feed,
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
