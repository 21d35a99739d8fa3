/** Checkpoints in two alternating slots: if one write is torn, the other slot remains. */
import { crc32 } from '../core/bytes/crc32.ts';
import type { ModelState } from '../core/nn/state.ts';
import type { TrainerState } from '../core/train/trainer.types.ts';
import type { Connection } from './connection.ts';
import { checkpointDamaged } from './failure.ts';
import type { CheckpointRecord, Store } from './port.ts';
import { ASIDE, type Slot, type StoredCheckpoint } from './schema.ts';

const FLOAT_BYTES = 4;

export function checkpointStore({
  read,
  write,
}: Connection): Pick<Store, 'putCheckpoint' | 'latestCheckpoint' | 'keepWeights' | 'putAside' | 'aside'> {
  return {
    putCheckpoint: ({ trainer, ...rest }) => {
      const stored = { ...rest, ...pack(trainer) };
      return write(
        ['checkpoints', 'pointers', 'sizes'],
        async (transaction) => {
          const pointers = transaction.objectStore('pointers');
          const slot: Slot = (await pointers.get(rest.run)) === 0 ? 1 : 0;
          await transaction.objectStore('checkpoints').put(stored, [rest.run, slot]);
          await pointers.put(slot, rest.run);
          await transaction.objectStore('sizes').put(stored.values.size, ['checkpoint', rest.run, slot]);
        },
        'strict',
      );
    },

    latestCheckpoint: async (run) => {
      const stored = await read(['checkpoints', 'pointers'], async (transaction) => {
        const checkpoints = transaction.objectStore('checkpoints');
        const last = await transaction.objectStore('pointers').get(run);
        if (last === undefined) return [];
        return Promise.all([checkpoints.get([run, last]), checkpoints.get([run, last === 0 ? 1 : 0])]);
      });
      for (const slot of stored) {
        const checkpoint = slot && (await unpack(slot));
        if (checkpoint) return checkpoint;
      }
      if (stored.some((slot) => slot)) throw checkpointDamaged();
      return null;
    },

    putAside: ({ trainer, ...rest }) => {
      const stored = { ...rest, ...pack(trainer) };
      return write(
        ['checkpoints', 'sizes'],
        async (transaction) => {
          await transaction.objectStore('checkpoints').put(stored, [rest.run, ASIDE]);
          await transaction.objectStore('sizes').put(stored.values.size, ['checkpoint', rest.run, ASIDE]);
        },
        'strict',
      );
    },

    aside: async (run) => {
      const stored = await read(['checkpoints'], (transaction) =>
        transaction.objectStore('checkpoints').get([run, ASIDE]),
      );
      return stored ? unpack(stored) : null;
    },

    keepWeights: async (run) => {
      const { slot, newest, both } = await read(['checkpoints', 'pointers'], async (transaction) => {
        const checkpoints = transaction.objectStore('checkpoints');
        const last = await transaction.objectStore('pointers').get(run);
        if (last === undefined) return { slot: null, newest: undefined, both: false };
        const other = await checkpoints.getKey([run, last === 0 ? 1 : 0]);
        return { slot: last, newest: await checkpoints.get([run, last]), both: other !== undefined };
      });
      if (slot === null || !newest) return;
      if (!both && newest.tensors.every(({ part }) => part === 'model')) return;
      // Blobs can't be read inside a transaction, so prepare the bytes before it.
      const whole = await unpack(newest);
      if (!whole) return;
      const { trainer, ...rest } = whole;
      const slim = { ...rest, ...pack({ model: trainer.model, momentum: new Map() }) };
      await write(
        ['checkpoints', 'pointers', 'sizes'],
        async (transaction) => {
          const checkpoints = transaction.objectStore('checkpoints');
          const sizes = transaction.objectStore('sizes');
          // The run was deleted or trained further in the meantime: this state is outdated.
          if ((await transaction.objectStore('pointers').get(run)) !== slot) return;
          await checkpoints.put(slim, [run, slot]);
          await sizes.put(slim.values.size, ['checkpoint', run, slot]);
          const other = slot === 0 ? 1 : 0;
          await checkpoints.delete([run, other]);
          await sizes.delete(['checkpoint', run, other]);
        },
        'strict',
      );
    },
  };
}

function pack(trainer: TrainerState): Pick<StoredCheckpoint, 'tensors' | 'values' | 'crc32'> {
  const tensors: StoredCheckpoint['tensors'] = [];
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let checksum = 0;
  for (const part of ['model', 'momentum'] as const) {
    for (const [name, { shape, data }] of trainer[part]) {
      const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
      tensors.push({ part, name, shape });
      parts.push(bytes);
      checksum = crc32(bytes, checksum);
    }
  }
  return { tensors, values: new Blob(parts), crc32: checksum };
}

/** null if the values differ from those written. */
async function unpack({
  tensors,
  values,
  crc32: checksum,
  ...rest
}: StoredCheckpoint): Promise<CheckpointRecord | null> {
  let bytes: ArrayBuffer;
  try {
    bytes = await values.arrayBuffer();
  } catch {
    return null;
  }
  if (crc32(new Uint8Array(bytes)) !== checksum) return null;
  const parts: Record<'model' | 'momentum', ModelState> = { model: new Map(), momentum: new Map() };
  let at = 0;
  for (const { part, name, shape } of tensors) {
    const end = at + shape.reduce((product, side) => product * side, FLOAT_BYTES);
    parts[part].set(name, { shape, data: new Float32Array(bytes.slice(at, end)) });
    at = end;
  }
  return at === bytes.byteLength ? { ...rest, trainer: parts } : null;
}
