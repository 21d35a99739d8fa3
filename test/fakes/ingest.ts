/** A pretended image format, decode workers without workers, and a store in memory. */

import { join } from '../../src/core/bytes/inflate.ts';
import type { DatasetRecord } from '../../src/core/dataset/record.ts';
import type { ShardIndex } from '../../src/core/dataset/shard.ts';
import { createDecoder, type DecodeFile, type DecodeService } from '../../src/core/files/decoder.ts';
import type { WalkedFile } from '../../src/core/files/fileBatch.ts';
import type { Decoder } from '../../src/core/files/pool.ts';
import type { DecodedSlice, DecodeOptions } from '../../src/core/formats/types.ts';
import type { IngestStore } from '../../src/core/ingest/ingest.ts';
import { labelColumns } from '../../src/core/labels/apply.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { hash32 } from '../../src/core/random.ts';
import { connect, serve } from '../../src/core/rpc.ts';
import type { Skip } from '../../src/core/skip.ts';
import { spread } from '../../src/core/spread.ts';
import { type ImageType, SLICE_BYTES } from '../../src/core/types.ts';

/** What a pretended file holds. Without `instance` it stands for a format that has no UIDs. */
export type Pretended = {
  modality?: string;
  kind?: ImageType;
  /** Of each frame. */
  kinds?: ImageType[];
  patient?: string;
  series?: string;
  instance?: string;
  seriesNumber?: number;
  frames?: number;
  /** Frames that are skips. */
  blank?: number[];
  /** Hangs before, or ends its worker at, this frame. */
  hang?: number;
  crash?: number;
};

export function pretend(path: string, what: Pretended): WalkedFile {
  return { path, file: new Blob([JSON.stringify(what)]) };
}

/** Decodes pretended files; anything else is not an image. */
async function* decodePretended(
  bytes: Uint8Array,
  crash: () => void,
  { chosen }: Pick<DecodeOptions, 'chosen'>,
): AsyncGenerator<DecodedSlice | Skip> {
  const text = new TextDecoder().decode(bytes);
  if (!text.startsWith('{')) {
    yield { code: text ? 'not-an-image' : 'empty' };
    return;
  }
  const file = JSON.parse(text) as Pretended;
  const {
    frames = 1,
    blank = [],
    modality = null,
    kind = null,
    patient = '',
    series = '',
    instance = '',
  } = file;
  const wanted = chosen && ('spread' in chosen ? spread(frames, chosen.spread) : chosen);
  for (let frame = 0; frame < frames; frame++) {
    if (wanted && !wanted.includes(frame)) continue;
    if (file.hang === frame) await new Promise(() => {});
    if (file.crash === frame) {
      crash();
      await new Promise(() => {});
    }
    if (blank.includes(frame)) {
      yield { code: 'blank', frame };
      continue;
    }
    const seed = [...`${instance}${series}`].reduce((sum, letter) => hash32(sum, 0, letter.charCodeAt(0)), 7);
    yield {
      slice: new Uint8Array(SLICE_BYTES).fill(hash32(seed, 1, frame)),
      facts: {
        format: instance ? 'dicom' : 'png',
        modalityTag: modality,
        bodyPart: null,
        laterality: null,
        view: null,
        manufacturer: null,
        model: null,
        transferSyntax: null,
        photometric: null,
        rows: 8,
        columns: 8,
        bits: 8,
        signed: false,
        imageType: file.kinds?.[frame] ?? kind,
        burnedInRisk: false,
        deviations: [],
      },
      identity: { patient, study: '', series, instance },
      frame,
      instanceNumber: instance ? frame + 1 : null,
      seriesNumber: file.seriesNumber ?? null,
      frameCount: frames,
    };
  }
}

/**
 * Starts decode workers that live in this thread; `started` and `ended` count them.
 * @param decode real decoding, in the place of pretended files
 */
export function pretendedWorkers(decode?: DecodeFile) {
  const counts = { started: 0, ended: 0 };
  const spawn = (): Decoder => {
    counts.started++;
    const { port1, port2 } = new MessageChannel();
    const crash = () => setTimeout(() => port2.dispatchEvent(new Event('error')));
    serve(
      port1,
      createDecoder(decode ?? ((bytes, options) => decodePretended(bytes, crash, options)), () =>
        performance.now(),
      ),
    );
    return {
      ...connect<DecodeService>(port2),
      terminate: () => {
        counts.ended++;
        port1.close();
        port2.close();
      },
    };
  };
  return { spawn, counts };
}

export type MemoryStore = IngestStore & {
  records: Map<string, DatasetRecord>;
  shards: (ShardIndex & { pixels: Uint8Array })[];
};

export async function memoryStore(): Promise<MemoryStore> {
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const records: MemoryStore['records'] = new Map();
  const shards: MemoryStore['shards'] = [];
  return {
    records,
    shards,
    projects: async () => [{ id: 'p', key, labelSet: DEFAULT_SET.id }],
    labelSets: async () => [DEFAULT_SET],
    datasets: async () => [...records.values()],
    putDatasets: async (changed) => {
      for (const record of changed) records.set(record.id, record);
    },
    shardIndexes: async () => shards,
    damagedRows: async () => [],
    healShard: async () => 0,
    commitShard: async (shard, datasets) => {
      for (const record of datasets) if (!records.has(record.id)) records.set(record.id, record);
      const pixels = join(shard.pixels, shard.count * SLICE_BYTES);
      const stored = { ...shard, pixels, shard: shards.length + 1 };
      const labelled = { ...stored, ...labelColumns(stored, DEFAULT_SET, []) };
      shards.push(labelled);
      return labelled;
    },
  };
}
