/** A project's options, from the ingest job to the pixels it stores. */
import { expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { createFeed } from '../../../src/core/files/feed.ts';
import { packFileBatches } from '../../../src/core/files/fileBatch.ts';
import { decodeFile } from '../../../src/core/formats/decode.ts';
import { PAPER_PREPROCESSING, type Preprocessing } from '../../../src/core/image/preprocessing.ts';
import { ingest } from '../../../src/core/ingest/ingest.ts';
import { dicomFile } from '../../builders/dicom.ts';
import { memoryStore, pretendedWorkers } from '../../fakes/ingest.ts';

/** 100, with a brighter left edge of 200 and padding of 1300 at the bottom. */
const padded = dicomFile({
  rows: 448,
  columns: 448,
  pixels: Uint16Array.from({ length: 448 * 448 }, (_, i) =>
    i >= 440 * 448 ? 1300 : i % 448 < 8 ? 200 : 100,
  ),
  elements: [{ tag: 0x00280120, vr: 'US', value: 1300 }],
});

/** The first pixel that is stored: the brightest but for padding. */
async function corner(reading: Preprocessing): Promise<number> {
  const store = await memoryStore();
  const batches = createFeed();
  void batches.push(packFileBatches([{ path: 'a/CT/1.dcm', file: new Blob([padded]) }]), false);
  await ingest(
    { store, spawn: pretendedWorkers(decodeFile).spawn, workers: 1, nowMs: () => performance.now() },
    { project: 'p', batches, options: { ...DEFAULT_OPTIONS, ...reading } },
    { signal: new AbortController().signal, emit: () => {} },
  );
  return store.shards[0].pixels[0];
}

test('padding takes part in the min-max of what is stored only where the project says so', async () => {
  expect(await corner({ antialias: false, padding: 'exclude' })).toBe(255);
  expect(await corner(PAPER_PREPROCESSING)).toBe(Math.floor((255 * 100) / 1200));
});
