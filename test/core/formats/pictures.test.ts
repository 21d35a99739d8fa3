/** JPEG files of several pictures: the first is read, and how many there are is said. */

import { describe, expect, test } from 'vitest';
import { openFile } from '../../../src/core/formats/decode.ts';
import { countPictures } from '../../../src/core/formats/pictures.ts';
import type { Decoded } from '../../../src/core/formats/types.ts';
import type { Frame } from '../../../src/core/image/frame.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { concat } from '../../builders/dicom.ts';
import { type GoldenFile, readGolden } from '../../harness/goldens.ts';

const picture = (name: string) => {
  const found = readGolden<GoldenFile[]>('jpeg.json').find((one) => one.name === name);
  if (!found) throw new Error(`no golden ${name}`);
  return new Uint8Array(Buffer.from(found.file, 'base64'));
};
const [first, other] = [picture('baseline L'), picture('baseline 4:2:0')];
const progressive = picture('progressive L');
const zeros = new Uint8Array(7);

const [PRIMARY, MONITOR, PANORAMA, GAIN_MAP] = [0x030000, 0x010002, 0x020001, 0];

/** The first picture with an index (CIPA DC-007 5.2) of these kinds, and the others behind it. */
function indexed(kinds: readonly number[], behind: readonly Uint8Array[], littleEndian = true): Uint8Array {
  const bytes = new Uint8Array(8 + 8 + 2 + 24 + 4 + 16 * kinds.length);
  const view = new DataView(bytes.buffer);
  const base = 8;
  bytes.set([0xff, 0xe2, (bytes.length - 2) >> 8, (bytes.length - 2) & 255, 0x4d, 0x50, 0x46, 0]);
  const field = (at: number, tag: number, type: number, count: number, value: number) => {
    view.setUint16(at, tag, littleEndian);
    view.setUint16(at + 2, type, littleEndian);
    view.setUint32(at + 4, count, littleEndian);
    view.setUint32(at + 8, value, littleEndian);
  };
  view.setUint16(base, littleEndian ? 0x4949 : 0x4d4d);
  view.setUint16(base + 2, 42, littleEndian);
  view.setUint32(base + 4, 8, littleEndian);
  view.setUint16(base + 8, 2, littleEndian);
  field(base + 10, 0xb001, 4, 1, kinds.length);
  field(base + 22, 0xb002, 7, 16 * kinds.length, 38);
  let place = first.length + bytes.length;
  for (const [i, kind] of kinds.entries()) {
    view.setUint32(base + 38 + 16 * i, kind, littleEndian);
    view.setUint32(base + 38 + 16 * i + 8, i === 0 ? 0 : place - 2 - base, littleEndian);
    if (i > 0) place += behind[i - 1]?.length ?? 0;
  }
  return concat([first.subarray(0, 2), bytes, first.subarray(2), ...behind]);
}

describe('pictures of a JPEG file are counted', () => {
  test.each([
    ['one', first, 1],
    ['one, and bytes behind it', concat([first, Uint8Array.of(1, 2, 3)]), 1],
    ['one, progressive', progressive, 1],
    ['two, one behind the other', concat([first, other]), 2],
    ['three, zeros between', concat([first, zeros, progressive, zeros, other]), 3],
    ['one, and one that is cut off', concat([first, other.subarray(0, other.length / 2)]), 1],
    ['one that is cut off', first.subarray(0, first.length - 2), 1],
    ['two by an index', indexed([PRIMARY, PANORAMA], [other]), 2],
    ['two by an index, big endian', indexed([PRIMARY, PANORAMA], [other], false), 2],
    ['two of an undefined kind', indexed([PRIMARY, GAIN_MAP], [other]), 2],
    ['one and a smaller copy for monitors', indexed([PRIMARY, MONITOR], [other]), 1],
    ['an index whose other picture is gone', indexed([PRIMARY, PANORAMA], []), 1],
    ['three by an index, one a smaller copy', indexed([PRIMARY, MONITOR, PANORAMA], [other, other]), 2],
  ])('%s', (_, bytes, pictures) => expect(countPictures(bytes)).toBe(pictures));

  test('an index that makes no sense is not followed', () => {
    const whole = indexed([PRIMARY, PANORAMA], [other]);
    for (let at = 6; at < 60; at++) {
      const broken = whole.slice();
      broken[at] = 0xff;
      expect(countPictures(broken)).toBeGreaterThanOrEqual(1);
    }
  });
});

test('the first picture is the slice, and the others are named', async () => {
  const decoded = (await openFile(indexed([PRIMARY, PANORAMA], [other]), {})) as Decoded;
  expect(decoded.left).toEqual({ code: 'pixel-layout', detail: 'the first of 2 pictures was read' });
  const alone = (await openFile(first, {})) as Decoded;
  expect(alone.left).toBeNull();
  const [got, wanted] = await Promise.all([decoded, alone].map(firstOf));
  expect(got).toEqual(wanted);
});

async function firstOf(decoded: Decoded): Promise<Frame> {
  for await (const frame of decoded.frames()) if (!isSkip(frame)) return frame;
  throw new Error('no frame');
}
