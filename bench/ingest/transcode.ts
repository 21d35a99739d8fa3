/** Encodes real slices in JPEG 2000 and JPEG-LS with the codecs' own encoders: a folder rarely has enough of them. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openFile } from '../../src/core/formats/decode.ts';
import type { Frame } from '../../src/core/image/frame.ts';
import { isSkip } from '../../src/core/skip.ts';
import { dicomFile } from '../../test/builders/dicom.ts';

type Encoder = {
  getDecodedBuffer(info: object): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  encode(): void;
  delete(): void;
};
type Codec = Record<string, new () => Encoder>;

const SIDE = 512;
const require = createRequire(import.meta.url);
const open = (name: string) => (require(name) as () => Promise<Codec>)();

const [folder, count, ...paths] = process.argv.slice(2);
const encoders = [
  {
    syntax: 'jpeg2000',
    Encoder: (await open('@cornerstonejs/codec-openjpeg/wasmjs')).J2KEncoder,
  },
  {
    syntax: 'jpegLs',
    Encoder: (await open('@cornerstonejs/codec-charls/wasmjs')).JpegLSEncoder,
  },
] as const;
const made: Record<string, string[]> = { jpeg2000: [], jpegLs: [] };
for (const { syntax } of encoders) mkdirSync(join(folder, syntax), { recursive: true });

for (const [i, path] of paths.entries()) {
  if (made.jpegLs.length === Number(count)) break;
  const frame = await firstFrame(path);
  if (!frame) continue;
  const pixels = unsigned(frame.values);
  const bits = Math.max(9, 32 - Math.clz32(pixels.reduce((most, value) => Math.max(most, value), 0)));
  for (const { syntax, Encoder } of encoders) {
    const file = dicomFile({
      rows: SIDE,
      columns: SIDE,
      pixels,
      syntax,
      fragments: [encode(new Encoder(), pixels, bits)],
      elements: [
        { tag: 0x00280101, vr: 'US', value: bits },
        { tag: 0x00280102, vr: 'US', value: bits - 1 },
      ],
    });
    const target = join(folder, syntax, `${i}.dcm`);
    writeFileSync(target, file);
    made[syntax].push(target);
  }
}
console.log(JSON.stringify(made));

/** A 512×512 image of more than 8 bits, or null. */
async function firstFrame(path: string): Promise<Frame | null> {
  const file = await openFile(new Uint8Array(readFileSync(path)), {});
  if (isSkip(file) || file.facts.rows !== SIDE || file.facts.columns !== SIDE || file.facts.bits <= 8)
    return null;
  for await (const frame of file.frames()) return isSkip(frame) ? null : frame;
  return null;
}

function unsigned(values: Frame['values']): Uint16Array {
  let least = 0;
  for (const value of values) least = Math.min(least, value);
  return Uint16Array.from(values, (value) => value - least);
}

/** Encodes losslessly, with the encoder's own defaults. */
function encode(encoder: Encoder, pixels: Uint16Array, bitsPerSample: number): Uint8Array {
  const info = { width: SIDE, height: SIDE, bitsPerSample, componentCount: 1, isSigned: false };
  encoder.getDecodedBuffer(info).set(new Uint8Array(pixels.buffer));
  encoder.encode();
  const stream = encoder.getEncodedBuffer().slice();
  encoder.delete();
  return stream;
}
