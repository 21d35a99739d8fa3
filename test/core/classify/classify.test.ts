/** A classification of every slice, from its files to its series, with a model and without. */

import { describe, expect, test, vi } from 'vitest';
import { classify } from '../../../src/core/classify/classify.ts';
import type { ClassifyEvent } from '../../../src/core/classify/contract.ts';
import type { SeriesVerdict } from '../../../src/core/classify/verdict.ts';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { pooled } from '../../../src/core/evaluate/pooling.ts';
import { packFileBatches, type WalkedFile } from '../../../src/core/files/fileBatch.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { makeZip } from '../../builders/zip.ts';
import { pretend, pretendedWorkers } from '../../fakes/ingest.ts';
import { eventually } from '../../harness/eventually.ts';

const SIZE = 64;

/** Predicts by the first pixel: even slices are CT, odd ones PT. */
async function predictByPixel(pixels: Uint8Array, n: number): Promise<Float32Array> {
  const probabilities = new Float32Array(4 * n);
  for (let i = 0; i < n; i++) {
    const ct = pixels[i * SIZE * SIZE] % 2 === 0 ? 0.9 : 0.2;
    probabilities.set([ct, 0, 1 - ct, 0], 4 * i);
  }
  return probabilities;
}

type More = {
  signal?: AbortSignal;
  unjudged?: boolean;
  workers?: ReturnType<typeof pretendedWorkers>;
  project?: CryptoKey | undefined;
  events?: ClassifyEvent[];
  onPredict?: () => void;
};

function hmacKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

function progressOf(events: ClassifyEvent[]): number {
  return Math.max(0, ...events.map((event) => (event.kind === 'progress' ? event.progress.slices : 0)));
}

async function classified(
  items: WalkedFile[],
  {
    signal = new AbortController().signal,
    unjudged = false,
    workers = pretendedWorkers(),
    project,
    events = [],
    onPredict = () => {},
  }: More = {},
) {
  const { spawn, counts } = workers;
  const key = project ?? (await hmacKey());
  const sizes: number[] = [];
  async function* feed() {
    yield packFileBatches(items);
  }
  const predict = async (pixels: Uint8Array, n: number) => {
    sizes.push(n);
    onPredict();
    return { probabilities: await predictByPixel(pixels, n), strangeness: null };
  };
  const progress = await classify(
    {
      spawn,
      workers: 2,
      key,
      model: unjudged ? null : { inputSize: SIZE, calibration: null, predict },
      labelSet: DEFAULT_SET,
      nowMs: () => performance.now(),
    },
    { batches: feed(), options: DEFAULT_OPTIONS, every: true },
    { signal, emit: (event) => events.push(event) },
  );
  const series = new Map<string, SeriesVerdict>();
  for (const event of events)
    if (event.kind === 'series') for (const one of event.series) series.set(one.key, one);
  const skipped = events.flatMap((event) => (event.kind === 'skipped' ? event.files : []));
  return { progress, series: [...series.values()], skipped, sizes, counts };
}

const slice = (series: string, instance: string, modality: string) => ({
  series,
  instance,
  modality,
  patient: 'P1',
});

describe('classification', () => {
  test('joins the files of a series, wherever they lie, and shows the tag beside', async () => {
    const { series, progress } = await classified([
      pretend('disk/a/1.dcm', slice('s1', 'i1', 'CT')),
      pretend('disk/b/1.dcm', slice('s2', 'i2', 'MR')),
      pretend('disk/a/deep/2.dcm', slice('s1', 'i3', 'CT')),
    ]);
    expect(series.map(({ sourcePath, tag, slices }) => [sourcePath, tag, slices.length])).toEqual([
      ['disk/a', 'CT', 2],
      ['disk/b/1.dcm', 'MR', 1],
    ]);
    expect(series.map(({ tagState }) => tagState)).toEqual(['agrees', 'differs']);
    expect(progress).toMatchObject({ files: 3, filesTotal: 3, slices: 3, skipped: 0 });
  });

  test('makes a volume one series and each picture its own', async () => {
    const { series } = await classified([
      pretend('scan.nii', { frames: 5 }),
      pretend('one.png', { series: 'x' }),
      pretend('two.png', { series: 'y' }),
    ]);
    expect(
      series.map(({ sourcePath, slices, tag, tagState }) => [sourcePath, slices.length, tag, tagState]),
    ).toEqual([
      ['scan.nii', 5, null, 'absent'],
      ['one.png', 1, null, 'absent'],
      ['two.png', 1, null, 'absent'],
    ]);
    expect(series[0].slices.map(({ frame }) => frame)).toEqual([0, 1, 2, 3, 4]);
    expect(series[0].slices[0].thumbnail).toHaveLength(56 * 56);
  });

  test('answers with all slices together and how many agree', async () => {
    const [{ verdict, probability, probabilities, agreement, slices }] = (
      await classified([pretend('scan.nii', { frames: 9 })])
    ).series;
    const votes = slices.filter(({ predicted }) => predicted === verdict).length;
    expect(agreement).toBeCloseTo(votes / 9, 12);
    expect(votes).toBeLessThan(9);
    const column = ['CT', 'MR', 'PT', 'XR'].indexOf(verdict!);
    const together = pooled(Float32Array.from(slices.flatMap((one) => one.probabilities!)), 4, 1);
    expect(probability).toBeCloseTo(together[column], 5);
    expect(probabilities![column]).toBe(probability);
    expect(probabilities!.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
  });

  test('shows a tag that names none of the classes, and says that it is none', async () => {
    const { series } = await classified([pretend('us.dcm', slice('s', 'i', 'US'))]);
    expect(series[0]).toMatchObject({ modality: 'US', tag: 'other', tagState: 'none-of-the-four' });
  });

  test('makes two series of two modalities under one series UID', async () => {
    const { series } = await classified([
      pretend('disk/1.dcm', slice('s1', 'i1', 'CT')),
      pretend('disk/2.dcm', slice('s1', 'i2', 'PT')),
      pretend('disk/3.dcm', slice('s1', 'i3', 'CT')),
    ]);
    expect(series.map(({ modality, slices }) => [modality, slices.length])).toEqual([
      ['CT', 2],
      ['PT', 1],
    ]);
  });

  test('predicts in full batches, across files, and names what it left aside', async () => {
    const { sizes, progress, skipped } = await classified([
      pretend('a.nii', { frames: 100 }),
      { path: 'notes.txt', file: new Blob(['hello']) },
      pretend('b.nii', { frames: 50, blank: [3] }),
    ]);
    expect(sizes).toEqual([64, 64, 21]);
    expect(progress).toMatchObject({ files: 3, slices: 149, read: 2, skipped: 1 });
    expect(skipped.map(({ path, code }) => [path, code])).toEqual([
      ['notes.txt', 'not-an-image'],
      ['b.nii', 'blank'],
    ]);
  });

  test('has each slice’s place in its series, where it has one', async () => {
    const { series } = await classified([
      pretend('disk/1.dcm', { ...slice('s1', 'i1', 'CT'), frames: 2 }),
      pretend('one.png', { series: 'x' }),
    ]);
    expect(series.map(({ slices }) => slices.map(({ instanceNumber }) => instanceNumber))).toEqual([
      [1, 2],
      [null],
    ]);
  });

  test('takes a datasets.json for a description, not for a file that could not be used', async () => {
    const manifest = { path: 'disk/datasets.json', file: new Blob(['[]']) };
    const { progress, skipped } = await classified([manifest, pretend('disk/1.dcm', slice('s', 'i', 'CT'))]);
    expect(progress).toMatchObject({ files: 2, read: 1, described: 1, other: 0, skipped: 0 });
    expect(skipped).toEqual([]);
  });

  test('reads files as the project does', async () => {
    const asked: unknown[] = [];
    const workers = pretendedWorkers(async function* (_, options) {
      asked.push(options);
      yield { code: 'blank' };
    });
    await classified([pretend('a', {})], { workers });
    expect(asked).toMatchObject([{ ...DEFAULT_OPTIONS }]);
  });

  test('opens an archive that only its bytes give away', async () => {
    const zip = makeZip([{ name: 'CT/1', content: 'image' }]);
    const workers = pretendedWorkers(async function* ([first]) {
      yield first === 0x50 ? { code: 'archive', detail: 'zip' } : { code: 'blank' };
    });
    const { progress, skipped } = await classified([{ path: 'disk/export', file: zip }], { workers });
    expect(skipped.map(({ path, code }) => [path, code])).toEqual([['disk/export/CT/1', 'blank']]);
    expect(progress).toMatchObject({ files: 1, filesTotal: 1 });
    expect(progress.bytes).toBe(progress.bytesTotal);
  });

  test('tells series as they grow, a few times a second, and at the end only what is new', async () => {
    let ms = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => ms);
    const events: ClassifyEvent[] = [];
    await classified([pretend('a.nii', { frames: 256 })], {
      events,
      onPredict: () => {
        ms += 150;
      },
    });
    clock.mockRestore();
    const told = events.flatMap((event) =>
      event.kind === 'series' ? [event.series.map(({ slices }) => slices.length)] : [],
    );
    expect(told).toEqual([[128], [256]]);
  });

  test('one slice agrees with nothing', async () => {
    const { series } = await classified([pretend('one.png', { series: 'x' })]);
    expect(series[0]).toMatchObject({ agreement: null, probability: expect.any(Number) });
  });

  test('without a model lists the series by their headers, and judges none', async () => {
    const { series, sizes, progress } = await classified(
      [
        pretend('disk/1.dcm', { ...slice('s1', 'i1', 'US'), seriesNumber: 7, kind: 'derived' }),
        pretend('disk/2.dcm', slice('s2', 'i2', 'MR')),
      ],
      { unjudged: true },
    );
    expect(sizes).toEqual([]);
    expect(progress).toMatchObject({ files: 2, slices: 2 });
    expect(series).toMatchObject([
      { modality: 'US', number: 7, imageType: 'derived', verdict: null, tagState: 'none-of-the-four' },
      { modality: 'MR', number: null, verdict: null, probabilities: null, agreement: null, tagState: null },
    ]);
    expect(series[0].slices).toMatchObject([{ path: 'disk/1.dcm', predicted: null, probabilities: null }]);
  });

  test('gives a series the same key in every drop, and other projects another', async () => {
    const key = async (project: CryptoKey | undefined, path: string) =>
      (await classified([pretend(path, slice('s1', 'i1', 'CT'))], { project })).series[0].key;
    const [mine, other] = [await hmacKey(), await hmacKey()];
    const first = await key(mine, 'disk/1.dcm');
    expect(first).toMatch(/^[0-9a-f]{16} CT$/);
    expect(await key(mine, 'elsewhere/9.dcm')).toBe(first);
    expect(await key(other, 'disk/1.dcm')).not.toBe(first);
  });

  test('ends its workers when it is done', async () => {
    const { counts } = await classified([pretend('a.nii', { frames: 3 })]);
    expect(counts.started).toBeGreaterThan(0);
    expect(counts.ended).toBe(counts.started);
  });

  test('ends its workers when it is cancelled, and keeps what was judged', async () => {
    const workers = pretendedWorkers();
    const controller = new AbortController();
    const events: ClassifyEvent[] = [];
    const cancelled = classified([pretend('a.nii', { frames: 64 }), pretend('b.nii', { hang: 0 })], {
      signal: controller.signal,
      workers,
      events,
    });
    cancelled.catch(() => {});
    await eventually(() => expect(progressOf(events)).toBe(64));
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(workers.counts.started).toBeGreaterThan(0);
    expect(workers.counts.ended).toBe(workers.counts.started);
    expect(events.flatMap((event) => (event.kind === 'series' ? event.series : []))).toMatchObject([
      { sourcePath: 'a.nii', slices: { length: 64 } },
    ]);
  });
});
