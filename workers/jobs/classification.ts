/** Classifies files with the model of a stored run. */
import type { DeviceChoice } from '../../src/core/engine/devices/index.ts';
import { LabError } from '../../src/core/errors.ts';
import { classify } from '../../src/core/evaluate/classify.ts';
import type {
  CallContext,
  ClassifyEvent,
  DeviceInfo,
  IngestOptions,
  JobProgress,
  Lot,
} from '../../src/core/protocol.ts';
import type { Store } from '../../src/storage/port.ts';
import { weightsOf } from '../../src/storage/weights.ts';
import { DECODERS, spawnDecoder } from '../host/decoders.ts';
import { browserHost, openTrainer } from '../host/device.ts';

export async function classifyRun(
  args: {
    store: Store;
    run: string;
    device: DeviceChoice;
    lots: AsyncIterable<Lot[]>;
    options: IngestOptions;
  },
  context: CallContext<ClassifyEvent>,
): Promise<{ progress: JobProgress; seconds: number; device: DeviceInfo }> {
  const { store, lots, options } = args;
  const run = await store.run(args.run);
  const checkpoint = run && (await weightsOf(store, run));
  const project = (await store.projects()).find(({ id }) => id === run?.project);
  if (!run || !checkpoint || !project) throw noModel();
  const { trainer, info, dispose } = await openTrainer({ ...run.config, device: args.device }, browserHost());
  const begunMs = performance.now();
  try {
    trainer.load({ model: checkpoint.trainer.model });
    const progress = await classify(
      {
        spawn: spawnDecoder,
        workers: DECODERS,
        key: project.key,
        size: run.config.size,
        predict: trainer.predict,
      },
      { lots, options },
      context,
    );
    return { progress, seconds: (performance.now() - begunMs) / 1000, device: info };
  } finally {
    dispose();
  }
}

function noModel(): LabError {
  return new LabError(
    'model-missing',
    'This run has no stored model.',
    'No file was read.',
    'Choose a run that has been trained, or train one.',
  );
}
