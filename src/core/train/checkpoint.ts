/** Binds a checkpoint to its run: fingerprint of data and configuration, and validation of its numbers. */
import { crc32 } from '../bytes/crc32.ts';
import type { ShardIndex } from '../dataset/shard.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import type { ModelState } from '../nn/state.ts';
import { hash32 } from '../random.ts';
import { classIds, isDefaultSet } from './labelSetOf.ts';
import { type LoopState, startLoop } from './loop.ts';
import { type RunConfig, recordedConfig } from './run.ts';
import type { SliceTable } from './table.ts';
import type { TrainerState } from './trainer.types.ts';

/**
 * Hash of everything besides the device that decides the bits of a training: the training slices with labels and
 * pixels (by the shards' checksums), the configuration, and the classes of any set but the default one.
 */
export function fingerprint(
  config: RunConfig,
  labelSet: LabelSet,
  table: SliceTable,
  indexes: readonly ShardIndex[],
): string {
  const checksums = new Map(indexes.map(({ shard, crc32 }) => [shard, crc32]));
  const { device: _, ...settings } = recordedConfig(config);
  const classes = isDefaultSet(labelSet) ? '' : JSON.stringify(classIds(labelSet));
  const text = JSON.stringify(sorted(settings)) + classes;
  return [0, 1]
    .map((stream) => {
      let hash = stream;
      const add = (value: number) => {
        hash = hash32(hash, stream, value);
      };
      for (let i = 0; i < text.length; i++) add(text.charCodeAt(i));
      table.shards.forEach((shard, i) => {
        add(shard);
        add(checksums.get(shard) ?? 0);
        add(table.start[i + 1]);
      });
      table.row.forEach(add);
      table.label.forEach(add);
      table.dataset.forEach(add);
      return hash.toString(16).padStart(8, '0');
    })
    .join('');
}

/** The loop's state from a checkpoint, or null if it has another shape (written by an older version). */
export function readLoopState(stored: unknown): LoopState | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const known = Object.keys(startLoop());
  return known.every((key) => key in stored) ? (stored as LoopState) : null;
}

/** Identifies a state of the weights; 8 hex digits. */
export function weightsHash(model: ModelState): string {
  let checksum = 0;
  for (const { data } of model.values()) {
    checksum = crc32(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength), checksum);
  }
  return checksum.toString(16).padStart(8, '0');
}

export function allFinite({ model, momentum }: TrainerState): boolean {
  return [...model.values(), ...momentum.values()].every(({ data }) => data.every(Number.isFinite));
}

/** Keys in alphabetical order, so that equal configurations give equal text. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
