/** A glance at a drop: headers of all files, pixels of a few slices of each series, more where image and tag leave a doubt. */
import { describe, expect, test } from 'vitest';
import { classify } from '../../../src/core/classify/classify.ts';
import type { ClassifyEvent } from '../../../src/core/classify/contract.ts';
import type { SeriesVerdict } from '../../../src/core/classify/verdict.ts';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { packFileBatches, type WalkedFile } from '../../../src/core/files/fileBatch.ts';
import { decodeFile } from '../../../src/core/formats/decode.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { type DicomImage, dicomFile } from '../../builders/dicom.ts';
import { niftiFile } from '../../builders/nifti.ts';
import { makeZip } from '../../builders/zip.ts';
import { pretendedWorkers } from '../../fakes/ingest.ts';

const SURE = [0.97, 0.01, 0.01, 0.01];
const UNSURE = [0.4, 0.3, 0.2, 0.1];
const SIDE = 16;
const pixels = Uint16Array.from({ length: SIDE * SIDE }, (_, i) => i);

function dicom(series: string, number: number, more: Partial<DicomImage> = {}): Uint8Array<ArrayBuffer> {
  const instance = `${series}.${number}`;
  return dicomFile({ rows: SIDE, columns: SIDE, pixels, series, instance, instanceNumber: number, ...more });
}
const file = (path: string, bytes: Uint8Array<ArrayBuffer>): WalkedFile => ({
  path,
  file: new Blob([bytes]),
});
const stack = (n: number, series = '1.2', more?: Partial<DicomImage>) =>
  Array.from({ length: n }, (_, i) => file(`disk/${series}/${i + 1}.dcm`, dicom(series, i + 1, more)));

async function glanced(items: WalkedFile[], { answer = SURE as number[] | null, every = false } = {}) {
  const { spawn, counts } = pretendedWorkers(decodeFile);
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  async function* feed() {
    yield packFileBatches(items, undefined, !every);
  }
  const events: ClassifyEvent[] = [];
  const predict = async (_: Uint8Array, n: number) => ({
    probabilities: Float32Array.from({ length: 4 * n }, (_, i) => answer![i % 4]),
    strangeness: null,
  });
  const progress = await classify(
    {
      spawn,
      workers: 2,
      key,
      model: answer && { inputSize: 64, calibration: null, predict },
      labelSet: DEFAULT_SET,
      nowMs: () => performance.now(),
    },
    { batches: feed(), options: DEFAULT_OPTIONS, every },
    { signal: new AbortController().signal, emit: (event) => events.push(structuredClone(event)) },
  );
  const last = new Map<string, SeriesVerdict>();
  for (const event of events)
    if (event.kind === 'series') for (const one of event.series) last.set(one.key, one);
  const skipped = events.flatMap((event) => (event.kind === 'skipped' ? event.files : []));
  const series = [...last.values()].filter(({ slices }) => slices.length > 0);
  return { progress, series, skipped, counts };
}
const looked = ({ slices }: SeriesVerdict) => slices.filter(({ thumbnail }) => thumbnail).length;
const shares = (series: SeriesVerdict[]) => series.map((one) => [looked(one), one.slices.length]);

describe('a glance', () => {
  test('at a sure series is at nine slices; the others are listed', async () => {
    const { series, progress } = await glanced([...stack(40), ...stack(5, '1.3')]);
    expect(shares(series)).toEqual([
      [9, 40],
      [5, 5],
    ]);
    expect(series[0]).toMatchObject({ verdict: 'CT', voters: 9, modality: 'CT' });
    expect(progress).toMatchObject({ files: 45, read: 45, slices: 14, skipped: 0, looksLeft: 0 });
    const seen = series[0].slices.flatMap(({ thumbnail, instanceNumber }) =>
      thumbnail ? [instanceNumber] : [],
    );
    expect(seen).toEqual([4, 8, 12, 16, 21, 25, 29, 33, 37]);
  });

  test('is at all slices of a series whose verdict is not sure', async () => {
    const other = stack(30, '1.2', { modality: 'MR' });
    const { series, progress } = await glanced(other, { answer: UNSURE });
    expect(shares(series)).toEqual([[30, 30]]);
    expect(progress.slices).toBe(30);
    const none = stack(30, '1.2', { modality: 'OT' });
    expect(shares((await glanced(none, { answer: UNSURE })).series)).toEqual([[30, 30]]);
  });

  test('is at nine slices of a series whose tag says what the image says, if not surely', async () => {
    const { series } = await glanced(stack(30), { answer: UNSURE });
    expect(shares(series)).toEqual([[9, 30]]);
    expect(series[0]).toMatchObject({ verdict: 'CT', tagState: 'agrees' });
  });

  test('is not, where every slice is wanted', async () => {
    expect(shares((await glanced(stack(30), { every: true })).series)).toEqual([[30, 30]]);
  });

  test('gives the same series under the same keys as looking at every slice', async () => {
    const items = [...stack(3), file('disk/none.dcm', dicom('', 1))];
    const paths = async (every: boolean) =>
      (await glanced(items, { every })).series.map(({ sourcePath, modality, number }) => [
        sourcePath,
        modality,
        number,
      ]);
    expect(await paths(false)).toEqual(await paths(true));
  });

  test('without a model lists the series, and has pictures of nine slices', async () => {
    const { series } = await glanced(stack(20), { answer: null });
    expect(shares(series)).toEqual([[9, 20]]);
    expect(series[0].verdict).toBeNull();
  });

  test('at a volume and at frames of one file is at nine of them, too', async () => {
    const shape = [SIDE, SIDE, 50] as const;
    const values = Uint8Array.from({ length: SIDE * SIDE * 50 }, (_, i) => i % 251);
    const frames = new Uint16Array(pixels.length * 30).map((_, i) => i % 999);
    const { series } = await glanced([
      file('disk/scan.nii', new Uint8Array(niftiFile({ shape: [...shape], values }))),
      file('disk/many.dcm', dicom('1.4', 1, { frames: 30, pixels: frames })),
    ]);
    expect(shares(series)).toEqual([
      [9, 50],
      [9, 30],
    ]);
  });

  test('reads on where a header is long', async () => {
    const long = [{ tag: 0x00291010, vr: 'OB', value: new Uint8Array(40_000) }] as DicomImage['elements'];
    const { series } = await glanced(stack(12, '1.5', { elements: long! }));
    expect(shares(series)).toEqual([[9, 12]]);
  });

  test('opens archives', async () => {
    const parts = stack(12).map(({ path }, i) => ({
      name: path,
      content: dicom('1.2', i + 1),
      deflate: true,
    }));
    const zip = { path: 'disk.zip', file: makeZip(parts) };
    expect(shares((await glanced([zip])).series)).toEqual([[9, 12]]);
  });
});

describe('a file without a picture', () => {
  const blank = { pixels: new Uint16Array(SIDE * SIDE) };

  test('in the glance is skipped with its reason, and another slice is looked at instead', async () => {
    const items = stack(40);
    items[3] = file('disk/1.2/4.dcm', dicom('1.2', 4, blank));
    const { series, skipped, progress } = await glanced(items);
    expect(shares(series)).toEqual([[9, 39]]);
    expect(skipped).toMatchObject([{ path: 'disk/1.2/4.dcm', code: 'blank', partial: false }]);
    expect(progress).toMatchObject({ files: 40, read: 39, skipped: 1 });
  });

  test('is told as without a glance if its header says so', async () => {
    const cut = dicom('1.2', 99).subarray(0, 600);
    const items = [...stack(3), file('disk/cut.dcm', cut), file('disk/notes.txt', Uint8Array.of(65, 66))];
    const told = async (every: boolean) => {
      const { skipped, progress } = await glanced(items, { every });
      return [skipped.map(({ path, reason }) => [path, reason]), progress.read, progress.skipped];
    };
    expect(await told(false)).toEqual(await told(true));
    expect((await told(false))[2]).toBe(2);
  });

  test('leaves no series behind if all are like that', async () => {
    const { series, progress } = await glanced(stack(12, '1.2', blank));
    expect(series).toEqual([]);
    expect(progress).toMatchObject({ files: 12, read: 0, skipped: 12 });
  });
});
