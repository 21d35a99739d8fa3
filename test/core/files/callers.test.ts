/** Both callers of core/files read a drop alike: the same outcome for every file, the same figures. */

import { describe, expect, test } from 'vitest';
import { classify } from '../../../src/core/classify/classify.ts';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { createFeed } from '../../../src/core/files/feed.ts';
import { packFileBatches, type WalkedFile } from '../../../src/core/files/fileBatch.ts';
import type { JobProgress, SkippedFile } from '../../../src/core/files/progress.ts';
import { ingest } from '../../../src/core/ingest/ingest.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { tarFile } from '../../builders/tar.ts';
import { makeZip } from '../../builders/zip.ts';
import { memoryStore, pretend, pretendedWorkers } from '../../fakes/ingest.ts';

type Read = { progress: JobProgress; skipped: SkippedFile[]; workers: ReturnType<typeof pretendedWorkers> };
type Event = { kind: string; files?: unknown };

/** A job over the files; what it rejects with is thrown after its workers are looked at. */
type Caller = (files: readonly WalkedFile[], signal?: AbortSignal) => Promise<Read>;

const signalOf = () => new AbortController().signal;
const nowMs = () => performance.now();

async function run(
  files: readonly WalkedFile[],
  job: (
    parts: { spawn: ReturnType<typeof pretendedWorkers>['spawn']; workers: number; nowMs: () => number },
    args: { batches: ReturnType<typeof createFeed>; options: typeof DEFAULT_OPTIONS },
    emit: (event: Event) => void,
  ) => Promise<JobProgress>,
): Promise<Read> {
  const workers = pretendedWorkers();
  const batches = createFeed();
  void batches.push(packFileBatches(files), false);
  const skipped: SkippedFile[] = [];
  const progress = await job(
    { spawn: workers.spawn, workers: 2, nowMs },
    { batches, options: DEFAULT_OPTIONS },
    (event) => {
      if (event.kind === 'skipped') skipped.push(...(event.files as SkippedFile[]));
    },
  );
  return { progress, skipped, workers };
}

const CALLERS: readonly (readonly [string, Caller])[] = [
  [
    'ingest',
    (files, signal = signalOf()) =>
      run(files, async (parts, args, emit) => {
        const store = await memoryStore();
        return (await ingest({ ...parts, store }, { ...args, project: 'p' }, { signal, emit })).progress;
      }),
  ],
  [
    'classify',
    (files, signal = signalOf()) =>
      run(files, async (parts, args, emit) => {
        const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
        const labelSet = DEFAULT_SET;
        const { looksLeft: _, ...progress } = await classify({ ...parts, key, model: null, labelSet }, args, {
          signal,
          emit,
        });
        return progress;
      }),
  ],
];

const image = (path: string, what: Parameters<typeof pretend>[1] = {}) =>
  pretend(path, { modality: 'CT', patient: 'p', series: 's', instance: path, ...what });
const bytesOf = async ({ file }: WalkedFile) => new Uint8Array(await file.arrayBuffer());
const text = (path: string, content: string): WalkedFile => ({ path, file: new Blob([content]) });

/** One of everything: images, junk, a description, an archive in an archive, a lone half, files that fail. */
async function mixed(): Promise<WalkedFile[]> {
  const inner = tarFile([{ name: 'CT/3', content: await bytesOf(image('3')) }]);
  const zip = makeZip([
    { name: 'CT/1', content: await bytesOf(image('1')) },
    { name: '__MACOSX/CT/._1', content: 'x' },
    { name: 'inner.tar', content: inner },
  ]);
  return [
    image('a/CT/1', { frames: 3 }),
    text('a/.DS_Store', 'x'),
    text('a/datasets.json', '[{"name":"CT","split":"test","location":""}]'),
    text('b/datasets.json', 'no JSON'),
    { path: 'c/all.zip', file: zip },
    image('a/CT/2', { frames: 4, blank: [1, 2] }),
    text('a/CT/empty', ''),
    text('a/CT/notes', 'no image'),
    text('a/CT/lone.img', 'no image'),
    image('a/CT/crash', { crash: 0 }),
    image('a/CT/last'),
  ];
}

describe.each(CALLERS)('%s', (_, call) => {
  test('gives every file of a drop one outcome, whatever lies in it', async () => {
    const { progress, skipped } = await call(await mixed());
    expect(progress).toMatchObject({
      files: 11,
      filesTotal: 11,
      read: 5,
      described: 1,
      skipped: 5,
      slices: 8,
    });
    expect(progress.bytes).toBe(progress.bytesTotal);
    expect(skipped.map(({ path, code, partial }) => [path, code, partial])).toEqual([
      ['b/datasets.json', 'malformed', false],
      ['a/CT/2', 'blank', true],
      ['a/CT/empty', 'empty', false],
      ['a/CT/notes', 'not-an-image', false],
      ['a/CT/crash', 'malformed', false],
      ['a/CT/lone.img', 'not-an-image', false],
    ]);
  });

  test('leaves no decoder behind, when it ends and when it is cancelled', async () => {
    const { workers } = await call([image('a/CT/1')]);
    expect(workers.counts.ended).toBe(workers.counts.started);
    const controller = new AbortController();
    const cancelled = call(
      Array.from({ length: 200 }, (_, i) => image(`a/CT/${i}`)),
      controller.signal,
    );
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  });
});

test('both report the same figures', async () => {
  const drop = await mixed();
  const [first, second] = await Promise.all(CALLERS.map(([, call]) => call(drop)));
  expect(second.progress).toEqual(first.progress);
  expect(second.skipped).toEqual(first.skipped);
});
