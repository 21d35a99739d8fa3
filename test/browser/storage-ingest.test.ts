/** A whole ingest in a real browser, from practice files to its own database. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ingestWorker } from '../../src/app/workers.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { SHARD_SLICES } from '../../src/core/dataset/shard.ts';
import { summarise } from '../../src/core/dataset/summary.ts';
import { packFileBatches, type WalkedFile } from '../../src/core/files/fileBatch.ts';
import type { JobProgress } from '../../src/core/files/progress.ts';
import type { IngestEvent } from '../../src/core/ingest/contract.ts';
import { DEFAULT_CHOICES } from '../../src/core/simulate/choices.ts';
import { makeSeries, planPractice } from '../../src/core/simulate/practice.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { analyzePair } from '../builders/nifti.ts';
import { makeZip } from '../builders/zip.ts';

const options = DEFAULT_OPTIONS;
let store: Store;
let practice: WalkedFile[];

/** A site of each modality, and some more. */
const SITES = [
  ...['practice_north_ct', 'practice_garden_mr', 'practice_tower_pet'],
  ...['practice_station_cr', 'practice_hill_mr', 'practice_bridge_pet'],
];

beforeAll(async () => {
  // A connection ends with what it deleted.
  await (await openStore()).deleteEverything();
  store = await openStore();
  const plan = planPractice({ ...DEFAULT_CHOICES, sites: SITES, patients: 0.1 });
  practice = [{ path: 'practice/datasets.json', file: new Blob([JSON.stringify(plan.manifest)]) }];
  for (const series of plan.series) {
    for (const { path, bytes } of await makeSeries(series)) {
      practice.push({ path: `practice/${path}`, file: new Blob([bytes]) });
    }
  }
}, 240_000);

afterAll(async () => {
  ingestWorker.end();
  await store.deleteEverything();
});

async function drop(project: string, items: WalkedFile[], onEvent: (event: IngestEvent) => void = () => {}) {
  const fence = await store.takeWriter(project);
  return ingestWorker.call.ingest({ project, fence, batches: packFileBatches(items), options }, { onEvent });
}

test('practice files become their datasets, and a second drop adds nothing', async () => {
  const { id } = await store.createProject('Practice');
  const counted: Record<string, number> = {};
  for (const { path } of practice) {
    const match = /^practice\/([^/]+)\/(CT|MR|PT|XR)\//.exec(path);
    if (match) counted[`${match[1]} ${match[2]}`] = (counted[`${match[1]} ${match[2]}`] ?? 0) + 1;
  }
  const beats: JobProgress[] = [];
  const first = await drop(id, practice, (event) => event.kind === 'progress' && beats.push(event.progress));
  expect(first.progress.files).toBe(practice.length);
  expect(beats.length).toBeGreaterThan(2);

  const indexes = await store.shardIndexes(id);
  const rows = summarise(indexes, await store.datasets(id));
  expect(rows.map(({ splitFrom }) => splitFrom)).toEqual(rows.map(() => 'manifest'));
  for (const { name, counts } of rows) {
    for (const modality of ['CT', 'MR', 'PT', 'XR'] as const) {
      const files = counted[`${name} ${modality}`] ?? 0;
      expect(counts[modality] > 0, `${name} ${modality}`).toBe(files > 0);
    }
  }
  for (const { shard, count } of indexes) {
    expect((await store.shardPixels(shard)).length).toBe(count * 224 * 224);
  }

  const second = await drop(id, practice);
  expect(second.progress).toMatchObject({ slices: 0, known: first.progress.slices });
  expect((await store.shardIndexes(id)).length).toBe(indexes.length);
});

test('an archive gives the same slices as its files', async () => {
  const { id } = await store.createProject('Archive');
  const some = practice.filter(({ path }) => path.includes('/practice_garden_mr/')).slice(0, 5);
  const parts = await Promise.all(
    some.map(async ({ path, file }, i) => ({
      name: path.replace('practice/practice_garden_mr/', ''),
      content: new Uint8Array(await file.arrayBuffer()),
      deflate: i % 2 === 0,
    })),
  );
  const packed = await drop(id, [{ path: 'practice_garden_mr.zip', file: makeZip(parts) }]);
  expect(packed.progress).toMatchObject({ slices: 5, files: 5, skipped: 0 });
  const loose = await drop(id, some);
  expect(loose.progress).toMatchObject({ slices: 0, known: 5 });
});

test('an image in two files becomes slices, loose or in an archive the same', async () => {
  const { id } = await store.createProject('Pair');
  const values = Int16Array.from({ length: 8 * 8 * 3 }, (_, i) => i);
  const { header, pixels } = analyzePair({ shape: [8, 8, 3], values });
  const parts = [
    { name: 'brain.hdr', content: header },
    { name: 'brain.img', content: pixels, deflate: true },
  ];
  const files = parts.map(({ name, content }) => ({
    path: `brains/${name}`,
    file: new Blob([content as Uint8Array<ArrayBuffer>]),
  }));
  expect((await drop(id, files)).progress).toMatchObject({ files: 1, filesTotal: 1, slices: 3 });
  const packed = await drop(id, [{ path: 'brains.zip', file: makeZip(parts) }]);
  expect(packed.progress).toMatchObject({ files: 1, filesTotal: 1, slices: 0, known: 3 });
});

test('a cancelled ingest keeps what was decoded, and the next one adds the rest', async () => {
  const { id } = await store.createProject('Cancelled');
  const controller = new AbortController();
  const images = practice.filter(({ path }) => !path.endsWith('.json'));
  // It would wait for more: the files of it are decoded too fast to be cancelled in the middle.
  const job = ingestWorker.call.ingest(
    {
      project: id,
      fence: await store.takeWriter(id),
      batches: packFileBatches(images.slice(0, 40)),
      options,
      more: true,
    },
    {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.kind === 'progress' && event.progress.slices >= 20) controller.abort();
      },
    },
  );
  await expect(job).rejects.toMatchObject({ name: 'AbortError' });
  const kept = (await store.shardIndexes(id)).reduce((sum, { count }) => sum + count, 0);
  expect(kept).toBeGreaterThanOrEqual(20);
  const rest = await drop(id, images);
  expect(rest.progress.known).toBe(kept);
  expect(kept).toBeLessThan(kept + rest.progress.slices);
  expect((await store.shardIndexes(id)).every(({ count }) => count <= SHARD_SLICES)).toBe(true);
});

test('no text that names a patient is at rest', async () => {
  const [{ id }] = await store.projects();
  const text = JSON.stringify([await store.shardIndexes(id), await store.datasets(id)]);
  expect(text).not.toMatch(/PRACTICE|\.dcm|patient-|2\.25\.\d/);
});
