/** Out-of-fold probabilities of a trial, computed once and kept in a file. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type FoldPredictions, trainFolds } from '../../src/core/audit/foldModels.ts';
import type { Folds } from '../../src/core/audit/folds.ts';
import type { AuditTable } from '../../src/core/audit/table.ts';
import { openDevice } from '../../src/core/engine/devices/index.ts';
import type { RunConfig } from '../../src/core/train/run.ts';
import { createTrainer } from '../../src/core/train/trainer.ts';
import { host } from '../transfer/host.ts';

type Kept = { label: number[]; fold: number[]; seconds: number; probabilities: string };

export type Judged = FoldPredictions & { seconds: number; kept: boolean };

/** @param file is used if it holds predictions for the same labels and folds, else written */
export async function predictFolds(
  table: AuditTable,
  folds: Folds,
  given: {
    classes: number;
    config: RunConfig;
    threads: number;
    file: string;
    shardPixels: (shard: number) => Promise<Uint8Array>;
  },
): Promise<Judged> {
  const { classes, config, threads, file, shardPixels } = given;
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : null;
  if (known && same(known.label, table.label) && same(known.fold, folds.fold)) {
    const bytes = Uint8Array.from(Buffer.from(known.probabilities, 'base64'));
    const probabilities = new Float32Array(bytes.buffer);
    return { classes, probabilities, fold: folds.fold, seconds: known.seconds, kept: true };
  }
  const begun = performance.now();
  let told = 0;
  const predicted = await trainFolds(table, folds, {
    classes,
    config,
    port: {
      openTrainer: async () => {
        const device = await openDevice('simd', { ...host, cores: threads });
        const trainer = await createTrainer(device, { ...config, classes });
        return {
          trainer,
          info: device.info,
          dispose: () => {
            trainer.dispose();
            device.dispose();
          },
        };
      },
      shardPixels,
      yieldToEventLoop: async () => undefined,
      nowMs: () => performance.now(),
      signal: new AbortController().signal,
      progress: ({ fold, k, done, imagesPerSecond, secondsLeft }) => {
        if (performance.now() - told < 10_000) return;
        told = performance.now();
        console.error(
          `  model ${fold + 1} of ${k}, ${(100 * done).toFixed(0)} %, ${imagesPerSecond?.toFixed(0)} images/s, ${secondsLeft?.toFixed(0)} s left`,
        );
      },
    },
  });
  const seconds = Math.round((performance.now() - begun) / 1000);
  const { probabilities } = predicted;
  const kept: Kept = {
    label: [...table.label],
    fold: [...folds.fold],
    seconds,
    probabilities: Buffer.from(probabilities.buffer, 0, probabilities.byteLength).toString('base64'),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(kept));
  return { ...predicted, seconds, kept: false };
}

function same(kept: readonly number[], now: Uint8Array): boolean {
  return kept.length === now.length && kept.every((value, i) => value === now[i]);
}
