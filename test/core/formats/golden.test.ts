/** Every golden file, made by other people's libraries, gives the values and the slice that they give. */

import { describe, expect, test } from 'vitest';
import { decodeFile, openFile } from '../../../src/core/formats/decode.ts';
import type { Frame } from '../../../src/core/image/frame.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { bytesOf, digestDistance, type GoldenFile, readGolden } from '../../harness/goldens.ts';

const files = readGolden<GoldenFile[]>('files.json');

describe.each(files)('$name', (golden) => {
  test('has the modality values of the reference', async () => {
    const frames = await framesOf(golden);
    expect(frames).toHaveLength(golden.frames.length);
    for (const [i, { values, slope, intercept, rows, columns }] of frames.entries()) {
      expect([rows, columns]).toEqual([golden.rows, golden.columns]);
      const expected = golden.frames[i].values;
      const differences = Array.from(values, (stored, k) => {
        const value = stored * slope + intercept;
        const wanted = expected[k];
        if (wanted === null) return Number.isFinite(value) ? Number.POSITIVE_INFINITY : 0;
        return Math.abs(value - wanted) - 1e-6 * Math.abs(wanted);
      });
      expect(differences).toHaveLength(expected.length);
      expect(Math.max(...differences)).toBeLessThanOrEqual(golden.tolerance);
    }
  });

  test('becomes the slice of the paper’s preprocessing', async () => {
    const expected = golden.frames.map(({ slice }) => slice);
    // One step of a lossy decoder is up to 255 / range levels of the slice.
    const values = golden.frames.flatMap((frame) => frame.values).filter((value) => value !== null);
    const step = 255 / (Math.max(...values) - Math.min(...values));
    const allowed = 1 + Math.ceil(golden.tolerance * step);
    let at = 0;
    for await (const result of decodeFile(bytesOf(golden), { antialias: false })) {
      const wanted = expected[at++];
      if (!wanted) {
        expect(result).toMatchObject({ code: 'blank' });
      } else {
        if (isSkip(result)) throw new Error(result.code);
        const { levels, mean } = digestDistance(result.slice, wanted);
        expect(levels).toBeLessThanOrEqual(allowed);
        expect(mean).toBeLessThanOrEqual(golden.tolerance ? allowed : 0.02);
      }
    }
    expect(at).toBe(expected.length);
  });
});

async function framesOf(golden: GoldenFile): Promise<Frame[]> {
  const decoded = await openFile(bytesOf(golden), {});
  if (isSkip(decoded)) throw new Error(`${decoded.code} ${decoded.detail}`);
  expect(decoded.frameCount).toBe(golden.frames.length);
  const frames: Frame[] = [];
  for await (const frame of decoded.frames()) {
    if (isSkip(frame)) throw new Error(`${frame.code} ${frame.detail}`);
    frames.push(frame);
  }
  return frames;
}
