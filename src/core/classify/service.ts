/** The classify worker's service: one job at a time, fed while folders are still walked. */
import type { IngestOptions } from '../dataset/options.ts';
import type { DeviceName } from '../engine/devices/types.ts';
import { LabError } from '../errors.ts';
import { createFedJob } from '../files/fedJob.ts';
import type { FileBatch } from '../files/fileBatch.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import type { CallContext } from '../rpc.ts';
import type { AskedModel, ClassifyEvent, ClassifyService, ClassifySummary } from './contract.ts';

export type ClassifyArgs = {
  project: string;
  /** null: no model is used. */
  model: AskedModel | null;
  labelSet: LabelSet;
  device: 'auto' | DeviceName;
  batches: AsyncIterable<FileBatch[]>;
  options: IngestOptions;
  every?: boolean;
};

/** @param classify does the work of one job */
export function createClassifyService(
  classify: (args: ClassifyArgs, context: CallContext<ClassifyEvent>) => Promise<ClassifySummary>,
): ClassifyService {
  const job = createFedJob(busy);
  return {
    classify: ({ batches, more = false, ...args }, context) =>
      job.run({ batches, more, signal: context.signal }, (fed) =>
        classify({ ...args, batches: fed }, context),
      ),
    feed: job.feed,
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
