/** Small pictures of very many classified slices. */
import { describe, expect, test } from 'vitest';
import { middleThumbnail, thinThumbnails } from '../../../src/core/classify/thumbnails.ts';

const stack = (length: number) => ({
  slices: Array.from({ length }, (_, i) => ({ thumbnail: Uint8Array.of(i) as Uint8Array | null })),
});
const kept = ({ slices }: ReturnType<typeof stack>) =>
  slices.flatMap(({ thumbnail }, i) => (thumbnail ? [i] : []));

describe('thumbnails', () => {
  test('are all kept while there are few', () => {
    const one = stack(6);
    thinThumbnails([one], 6);
    expect(kept(one)).toHaveLength(6);
  });

  test('are thinned evenly to what fits, around the middle slice of each series', () => {
    const [long, short, single] = [stack(16), stack(3), stack(1)];
    thinThumbnails([long, short, single], 6);
    expect(kept(long)).toEqual([0, 4, 8, 12]);
    expect(kept(short)).toEqual([1]);
    expect(kept(single)).toEqual([0]);
    thinThumbnails([long, short, single], 3);
    expect(kept(long)).toEqual([0, 8]);
  });

  test('of a series that has grown since are never all taken away', () => {
    const one = stack(8);
    thinThumbnails([one], 4);
    one.slices.push(...stack(2).slices);
    for (const most of [4, 2, 1]) {
      thinThumbnails([one], most);
      expect(kept(one).length).toBeGreaterThan(0);
      expect(kept(one).length).toBeLessThanOrEqual(most);
    }
  });

  test('that are left stand for a series: the one nearest to its middle', () => {
    const one = stack(9);
    expect(middleThumbnail(one)).toEqual(Uint8Array.of(4));
    for (const at of [2, 3, 4, 5]) one.slices[at].thumbnail = null;
    expect(middleThumbnail(one)).toEqual(Uint8Array.of(6));
    for (const at of [6, 7, 8]) one.slices[at].thumbnail = null;
    expect(middleThumbnail(one)).toEqual(Uint8Array.of(1));
    expect(middleThumbnail(stack(0))).toBeNull();
  });
});
