/** Finished cells on disk: a JSON file each, and beside it the numbers of each slice as 32-bit floats. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors, writeSafetensors } from '../../src/core/export/safetensors.ts';
import type { ModelState } from '../../src/core/nn/state.ts';
import type { Judged } from './cell.ts';
import { joined } from './join.ts';
import type { Plan } from './plans.ts';
import type { Variant } from './variants.ts';

/** Where a cell's numbers came from: another one is no longer the same cell. */
export type CellKey = { variant: Variant; plan: Plan; fold: number; seed: number };

export type CellRecord = {
  what: 'generalise';
  variant: string;
  about: string;
  plan: string;
  fold: number;
  seed: number;
  fingerprint: string;
  classes: readonly string[];
  /** Names of the held-out datasets. */
  heldOut: readonly string[];
  slicesLearned: number;
  /** Indices of the judged slices in the corpus, in the order of the binary file. */
  slices: readonly number[];
  /** The binary file: logits, logits of the mirrored slice, pooled features; numbers of one slice, each for all slices. */
  binary: { file: string; type: 'float32'; logits: number; mirrored: number; features: number };
  /** Pictures of no class, whose logits and features follow in the same file; 0 or absent: none. */
  unknown?: number;
  /** Slices learned from whose features come last. */
  learned?: number;
  /** How many of them are of each class, in this order. */
  learnedOf?: number[];
  /** Whether the logits of "no class" come after these. */
  none?: boolean;
  trainAccuracy: number;
  seconds: number;
  imagesPerSecond: number;
};

export type StoredCell = {
  record: CellRecord;
  logits: Float32Array;
  mirrored: Float32Array;
  features: Float32Array;
  unknownLogits: Float32Array;
  unknownFeatures: Float32Array;
  learnedFeatures: Float32Array;
  none: Float32Array;
  unknownNone: Float32Array;
};

export function createResults(folder: string) {
  const pathOf = ({ variant, plan, fold, seed }: CellKey, ending: string) =>
    join(folder, plan.name, variant.name, `seed${seed}-fold${fold}.${ending}`);

  return {
    /** null if it is not finished, or was made from other settings. */
    read(key: CellKey): StoredCell | null {
      const file = pathOf(key, 'json');
      if (!existsSync(file)) return null;
      const record = JSON.parse(readFileSync(file, 'utf8')) as CellRecord;
      if (record.fingerprint !== fingerprintOf(key)) return null;
      const bytes = readFileSync(pathOf(key, 'bin'));
      const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
      const n = record.slices.length;
      const { logits, mirrored, features } = record.binary;
      const lengths = [n * logits, n * mirrored, n * features];
      const strange = record.unknown ?? 0;
      const parts = partsOf(numbers, [
        ...lengths,
        strange * logits,
        strange * features,
        (record.learned ?? 0) * features,
        record.none ? n : 0,
        record.none ? strange : 0,
      ]);
      return {
        record,
        logits: parts[0],
        mirrored: parts[1],
        features: parts[2],
        unknownLogits: parts[3],
        unknownFeatures: parts[4],
        learnedFeatures: parts[5],
        none: parts[6],
        unknownNone: parts[7],
      };
    },

    /** The weights of a finished cell. */
    readState(key: CellKey): ModelState {
      return readSafetensors(readFileSync(pathOf(key, 'safetensors'))).model;
    },

    /** The record last, and at once: a killed run leaves no half of a cell. */
    write(
      key: CellKey,
      facts: Pick<CellRecord, 'classes' | 'heldOut' | 'slicesLearned' | 'slices'>,
      judged: Judged,
    ): void {
      mkdirSync(join(folder, key.plan.name, key.variant.name), { recursive: true });
      const { logits, mirrored, features, width, unknownLogits, unknownFeatures, learnedFeatures } = judged;
      const { none, unknownNone } = judged;
      const strange = [unknownLogits, unknownFeatures, learnedFeatures, none, unknownNone];
      const numbers = joined([logits, mirrored, features, ...strange]);
      writeFileSync(pathOf(key, 'safetensors'), writeSafetensors({ model: judged.state, metadata: {} }));
      writeFileSync(pathOf(key, 'bin'), new Uint8Array(numbers.buffer));
      const record: CellRecord = {
        what: 'generalise',
        variant: key.variant.name,
        about: key.variant.about,
        plan: key.plan.name,
        fold: key.fold,
        seed: key.seed,
        fingerprint: fingerprintOf(key),
        ...facts,
        binary: {
          file: `seed${key.seed}-fold${key.fold}.bin`,
          type: 'float32',
          logits: facts.classes.length,
          mirrored: facts.classes.length,
          features: width,
        },
        unknown: unknownLogits.length / facts.classes.length,
        learned: learnedFeatures.length / Math.max(1, width),
        learnedOf: judged.learnedOf,
        none: none.length > 0,
        trainAccuracy: judged.trainAccuracy,
        seconds: Math.round(judged.secondsTrained),
        imagesPerSecond: Math.round(judged.imagesPerSecond),
      };
      const file = pathOf(key, 'json');
      writeFileSync(`${file}.part`, JSON.stringify(record));
      renameSync(`${file}.part`, file);
    },
  };
}

export type Results = ReturnType<typeof createResults>;

function partsOf(numbers: Float32Array, lengths: readonly number[]): Float32Array[] {
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return numbers.subarray(at - length, at);
  });
}

/** Of all settings that change a cell. What is switched off does not count, so that a new switch leaves finished cells alone. */
export function fingerprintOf({ variant, plan, fold, seed }: CellKey): string {
  const { name: _, about: __, ...settings } = variant;
  const { folds, epochs, draws, batch, limit, network, shipped } = plan;
  const text = JSON.stringify(
    { settings, folds, epochs, draws, batch, limit, network, shipped, fold, seed },
    (_key, value: unknown) => (isOff(value) ? undefined : value),
  );
  return createHash('sha1').update(text).digest('hex').slice(0, 16);
}

function isOff(value: unknown): boolean {
  return value === false || value === null || (Array.isArray(value) && value.length === 0);
}
