/** From files to findings: a DICOM volume, the same one as NIfTI, and slices of it as PNG, dropped as three datasets. */
import { expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { createFeed } from '../../../src/core/files/feed.ts';
import { packFileBatches } from '../../../src/core/files/fileBatch.ts';
import { decodeFile } from '../../../src/core/formats/decode.ts';
import { ingest } from '../../../src/core/ingest/ingest.ts';
import { findingsOf } from '../../../src/core/leaks/findings.ts';
import { createPartService, oneThread } from '../../../src/core/leaks/part.ts';
import { checkForLeaks } from '../../../src/core/leaks/session.ts';
import { SLICE_BYTES, SLICE_SIDE } from '../../../src/core/types.ts';
import { bodySlice } from '../../builders/bodies.ts';
import { flipped, windowed } from '../../builders/copies.ts';
import { dicomFile } from '../../builders/dicom.ts';
import { niftiFile } from '../../builders/nifti.ts';
import { pngFile } from '../../builders/png.ts';
import { memoryStore, pretendedWorkers } from '../../fakes/ingest.ts';

const SLICES = 6;
const side = { rows: SLICE_SIDE, columns: SLICE_SIDE };
const hounsfield = (pixels: Uint8Array) => Int16Array.from(pixels, (value) => value * 12 - 1000);

function volume(body: number): Uint8Array[] {
  return Array.from({ length: SLICES }, (_, at) => bodySlice(body, at));
}

const nifti = new Float32Array(SLICES * SLICE_BYTES);
volume(1).forEach((pixels, at) => {
  nifti.set(hounsfield(flipped(pixels, 2)), at * SLICE_BYTES);
});
const FILES: Record<string, Uint8Array> = {
  ...Object.fromEntries(
    [1, 2].flatMap((body) =>
      volume(body).map((pixels, at) => [
        `hospital/${body}/${at}.dcm`,
        dicomFile({
          ...side,
          ...{ pixels: hounsfield(pixels), modality: 'CT', instanceNumber: at },
          ...{ patient: `P${body}`, series: `1.2.${body}`, instance: `1.2.${body}.${at}` },
        }),
      ]),
    ),
  ),
  'challenge/CT/scan.nii': niftiFile({ shape: [SLICE_SIDE, SLICE_SIDE, SLICES], values: nifti }),
  ...Object.fromEntries(
    volume(2).map((pixels, at) => [
      `slides/CT/${at}.png`,
      pngFile({ ...side, values: windowed(flipped(pixels, 1), 60, 210) }),
    ]),
  ),
};

test('the same volume as DICOM, NIfTI and windowed, mirrored PNG is found in every dataset, slice by slice', async () => {
  const store = await memoryStore();
  const feed = createFeed();
  const items = Object.entries(FILES).map(([path, bytes]) => ({
    path,
    file: new Blob([new Uint8Array(bytes)]),
  }));
  void feed.push(packFileBatches(items), false);
  await ingest(
    { store, spawn: pretendedWorkers(decodeFile).spawn, workers: 1, nowMs: () => 0 },
    { project: 'p', batches: feed, options: DEFAULT_OPTIONS },
    { signal: new AbortController().signal, emit: () => {} },
  );
  const record = await checkForLeaks('p', {
    store: {
      shardIndexes: async () => store.shards,
      leakRecord: async () => null,
      putLeakRecord: async () => {},
    },
    threads: oneThread(
      createPartService(
        async (shard) => store.shards.find((one) => one.shard === shard)!.pixels,
        async () => {},
      ),
    ),
    yieldToEventLoop: async () => {},
    signal: new AbortController().signal,
    progress: () => {},
    nowMs: () => 0,
    dateMs: () => 0,
  });
  // The hospital has two volumes, so it is the larger one of either pair.
  const [, ...others] = [...store.records.values()].map(({ id }) => id);
  const records = [...store.records.values()].map((one, i) => ({
    ...one,
    split: i === 0 ? ('train' as const) : ('test' as const),
  }));
  const { findings } = findingsOf(record, store.shards, records);
  // Equal findings stand in the order of ids, which are hashes.
  const told = findings.map(({ kind, state, moved, whole }) => ({
    kind,
    state,
    slices: moved.slices,
    whole,
  }));
  expect(told.sort((a, b) => a.whole - b.whole)).toEqual([
    { kind: 'copy', state: 'open', slices: SLICES, whole: 1 },
    { kind: 'copy', state: 'open', slices: SLICES, whole: SLICES },
  ]);
  expect(findings.map(({ moved }) => moved.dataset).sort()).toEqual(others.sort());
});
