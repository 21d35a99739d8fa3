/** Classifies files with the model of a stored run or with the starter, or lists them without one. */

import { type ClassifyParts, classify, type Model } from '../../src/core/classify/classify.ts';
import type { AskedModel, ClassifyEvent, ClassifySummary } from '../../src/core/classify/contract.ts';
import type { ClassifyArgs } from '../../src/core/classify/service.ts';
import type { DeviceChoice } from '../../src/core/engine/devices/index.ts';
import { LabError } from '../../src/core/errors.ts';
import type { Calibration } from '../../src/core/evaluate/calibration.ts';
import { parseModelFile } from '../../src/core/export/modelFile.ts';
import type { LabelSet } from '../../src/core/labels/labelSet.ts';
import type { ModelState } from '../../src/core/nn/state.ts';
import type { CallContext } from '../../src/core/rpc.ts';
import { answersOf, hasNone, outputsOf } from '../../src/core/train/answers.ts';
import { labelSetOf } from '../../src/core/train/labelSetOf.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import type { RunConfig } from '../../src/core/train/run.ts';
import type { OpenTrainer } from '../../src/core/train/session/port.ts';
import type { Store } from '../../src/storage/port.ts';
import { weightsOf } from '../../src/storage/weights.ts';

export type ClassificationParts = Pick<ClassifyParts, 'spawn' | 'workers'> & {
  store: Pick<Store, 'run' | 'latestCheckpoint' | 'projects'>;
  openTrainer(config: RunConfig, classes: number): Promise<OpenTrainer>;
  nowMs: () => number;
};

/** However it ends, its decoders and its device are released. Files are read while the device opens. */
export async function classifyRun(
  { store, openTrainer, spawn, workers, nowMs }: ClassificationParts,
  { project: id, model: asked, labelSet, device, batches, options, every = false }: ClassifyArgs,
  context: CallContext<ClassifyEvent>,
): Promise<ClassifySummary> {
  const project = (await store.projects()).find((one) => one.id === id);
  if (!project) throw noProject();
  const opened = asked && (await openModel({ store, openTrainer }, asked, device));
  const failed = new AbortController();
  opened?.device.catch((error: unknown) => failed.abort(error));
  const signal = AbortSignal.any([context.signal, failed.signal]);
  const begunMs = nowMs();
  try {
    const progress = await classify(
      {
        spawn,
        workers,
        key: project.key,
        model: opened?.model ?? null,
        labelSet: opened?.labelSet ?? labelSet,
        headers: opened && opened.labelSet.id !== labelSet.id ? opened.labelSet : labelSet,
        nowMs,
      },
      { batches, options, every },
      { ...context, signal },
    );
    const info = opened ? (await opened.device).info : null;
    return { progress, seconds: (nowMs() - begunMs) / 1000, device: info };
  } finally {
    await opened?.device.then(
      ({ dispose }) => dispose(),
      () => {},
    );
  }
}

/** What a model says of itself; `device` is still opening and gets its weights. */
async function openModel(
  { store, openTrainer }: Pick<ClassificationParts, 'store' | 'openTrainer'>,
  asked: AskedModel,
  device: DeviceChoice,
) {
  const { config, labelSet, weights, calibration } =
    asked.kind === 'run' ? await storedModel(store, asked.id) : starter(asked.file);
  const opening = async () => {
    const outputs = outputsOf(config, labelSet.classes.length);
    const opened = await openTrainer({ ...config, device }, outputs);
    try {
      opened.trainer.load({ model: weights });
    } catch (error) {
      opened.dispose();
      throw error;
    }
    return opened;
  };
  const onDevice = opening();
  const { inputSize } = config;
  const none = hasNone(config);
  const predict: Model['predict'] = async (pixels, n) =>
    answersOf(await (await onDevice).trainer.predict(pixels, n), n, none);
  const model = { inputSize, predict, calibration };
  return { device: onDevice, labelSet, model };
}

type Found = { config: RunConfig; labelSet: LabelSet; weights: ModelState; calibration: Calibration | null };

/** The run's last weights. */
async function storedModel(store: ClassificationParts['store'], id: string): Promise<Found> {
  const run = await store.run(id);
  const checkpoint = run && (await weightsOf(store, run));
  if (!checkpoint) throw noModel();
  return {
    config: run.config,
    labelSet: labelSetOf(run),
    weights: checkpoint.trainer.model,
    calibration: run.calibration ?? null,
  };
}

function starter(file: Uint8Array): Found {
  const { network, inputSize, outliers, labelSet, model, calibration } = parseModelFile(file);
  const config = { ...presetConfig('quick'), network, inputSize, outliers };
  return { config, labelSet, weights: model, calibration };
}

function noModel(): LabError {
  return new LabError(
    'model-missing',
    'This run has no stored model.',
    'No file was read.',
    'Choose a run that has been trained, or train one.',
  );
}

function noProject(): LabError {
  return new LabError(
    'project-missing',
    'This project is no longer stored.',
    'No file was read.',
    'Reload the page to see which projects there are.',
  );
}
