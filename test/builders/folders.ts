/** Folders of many small files on disk, good and bad, for tests that drop them into the app. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasShared, missing, openShared } from '../harness/shared.ts';
import { dicomFile } from './dicom.ts';
import { npyFile } from './npy.ts';
import { randomFrom } from './phantom.ts';
import { pngFile } from './png.ts';

const SIDE = 16;

/** `count` files of one slice each, no two alike: DICOM, PNG and NPY in turn, in folders of 500. */
export function makeGood(folder: string, count: number): void {
  const random = randomFrom(count);
  for (let i = 0; i < count; i++) {
    const modality = (['CT', 'MR', 'XR'] as const)[i % 3];
    const home = join(folder, `set ${Math.floor(i / 500)}`, modality);
    mkdirSync(home, { recursive: true });
    const pixels = Uint8Array.from({ length: SIDE * SIDE }, () => random() * 256);
    if (i % 3 === 0) {
      const instance = `1.2.3.${i}`;
      const image = { rows: SIDE, columns: SIDE, pixels, modality, patient: `P${i % 40}`, instance };
      writeFileSync(join(home, `${i}.dcm`), dicomFile({ ...image, series: `1.2.3.${Math.floor(i / 30)}.1` }));
    } else if (i % 3 === 1) {
      writeFileSync(join(home, `${i}.png`), pngFile({ rows: SIDE, columns: SIDE, values: pixels }));
    } else writeFileSync(join(home, `${i}.npy`), npyFile({ shape: [SIDE, SIDE], values: pixels }));
  }
}

/**
 * Files that hold no slice: those that the archive of malformed files says to refuse, where it is at hand, and
 * good files cut short, emptied, or overwritten.
 */
export function makeBad(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  const bad = refused().slice(0, count);
  const random = randomFrom(count);
  while (bad.length < count) {
    const i = bad.length;
    const pixels = Uint8Array.from({ length: SIDE * SIDE }, () => random() * 256);
    const good =
      i % 2
        ? pngFile({ rows: SIDE, columns: SIDE, values: pixels })
        : dicomFile({ rows: SIDE, columns: SIDE, pixels });
    const kinds = [good.subarray(0, 200), new Uint8Array(0), good.subarray(0, good.length - 60), pixels];
    bad.push(kinds[i % kinds.length]);
  }
  bad.forEach((bytes, i) => {
    writeFileSync(join(folder, `bad ${i}.dcm`), bytes);
  });
}

function refused(): Uint8Array[] {
  if (!hasShared('malformed.zip')) {
    console.warn(`The refused files of real data: ${missing('malformed.zip')}`);
    return [];
  }
  const files = new Map(openShared('malformed.zip', (path) => path.startsWith('synthetic/')));
  const list = JSON.parse(new TextDecoder().decode(files.get('synthetic/expected.json'))) as {
    files: { file: string; expect: string }[];
  };
  return list.files
    .filter(({ expect }) => expect.startsWith('reject'))
    .flatMap(({ file }) => files.get(`synthetic/${file}`) ?? []);
}
