/** Real data: every slice of every dataset, and some of them against pydicom, nibabel, NumPy and OpenCV. */
import { expect, test } from 'vitest';
import { decodeFile } from '../../../src/core/formats/decode.ts';
import { isSkip, type SkipCode } from '../../../src/core/skip.ts';
import { describeShared } from '../../harness/describeShared.ts';
import { type Digest, digestDistance, readGolden } from '../../harness/goldens.ts';
import { hasShared, openShared, readSharedJson } from '../../harness/shared.ts';

type Dataset = { name: string; slices: Record<string, number> };
type GoldenSlice = Digest & { dataset: string; entry: number; frame: number };

const present = hasShared('datasets.json');
const datasets = present ? readSharedJson<Dataset[]>('datasets.json') : [];
const goldens = readGolden<GoldenSlice[]>('real.json');

describeShared('datasets.json')('dataset', () => {
  test.each(datasets)(
    '$name has as many slices as it should, and the reference’s',
    async ({ name, slices }) => {
      const counts: Record<string, number> = {};
      const skipped = new Set<SkipCode>();
      let compared = 0;
      for (const [entry, [path, bytes]] of openShared(`${name}.zip`).entries()) {
        const [modality] = path.split('/');
        const wanted = goldens.filter((golden) => golden.dataset === name && golden.entry === entry);
        for await (const result of decodeFile(bytes, { antialias: false })) {
          if (isSkip(result)) {
            skipped.add(result.code);
            continue;
          }
          counts[modality] = (counts[modality] ?? 0) + 1;
          const golden = wanted.find(({ frame }) => frame === result.frame);
          if (!golden) continue;
          const { levels, mean } = digestDistance(result.slice, golden);
          expect(levels).toBeLessThanOrEqual(1);
          expect(mean).toBeLessThan(0.05);
          compared++;
        }
      }
      expect(counts).toEqual(slices);
      expect([...skipped].filter((code) => code !== 'blank')).toEqual([]);
      expect(compared).toBe(goldens.filter((golden) => golden.dataset === name).length);
    },
    300_000,
  );
});
