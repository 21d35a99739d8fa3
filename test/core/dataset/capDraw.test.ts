/** The draw of slices under a cap: how many, of which series, and what it depends on. */
import { describe, expect, test, vi } from 'vitest';
import { COLUMN_NAMES, emptyColumns } from '../../../src/core/columns.ts';
import { drawAside } from '../../../src/core/dataset/capDraw.ts';
import { type Caps, PAPER_CAPS } from '../../../src/core/dataset/caps.ts';
import { inUse } from '../../../src/core/dataset/excluded.ts';
import { DAMAGED, type ShardIndex } from '../../../src/core/dataset/shard.ts';
import { hash32, random } from '../../../src/core/random.ts';
import { makeDataset, makeFacts } from '../../builders/storage.ts';

const CLASSES = ['CT', 'MR'];

type Slice = { dataset: string; series: string; patient: string; number: number; label: number };

/** `slices` of a series, in order; what is in its pixels follows from its name. */
function seriesOf(series: string, slices: number, more: Partial<Slice> = {}): Slice[] {
  return Array.from({ length: slices }, (_, number) => ({
    ...{ dataset: 'a', series, patient: `patient of ${series}`, number, label: 0 },
    ...more,
  }));
}

/** Shards of `size` slices, in the order given. `key` stands for the key of a project: every identifier depends on it. */
function shardsOf(slices: readonly Slice[], { size = 7, key = 1 } = {}): ShardIndex[] {
  const shards: ShardIndex[] = [];
  for (let from = 0; from < slices.length; from += size) {
    const rows = slices.slice(from, from + size);
    const datasets = [...new Set(rows.map(({ dataset }) => dataset))];
    const names = [...new Set(rows.map(({ series }) => series))];
    const columns = emptyColumns(rows.length, COLUMN_NAMES);
    shards.push({
      ...columns,
      ...{ shard: shards.length + 1, project: 'p', count: rows.length, crc32: 0, datasets },
      series: names.map((name) =>
        makeFacts(`${key} ${name}`, `${key} ${rows.find((row) => row.series === name)!.patient}`),
      ),
      dataset: Uint16Array.from(rows, (row) => datasets.indexOf(row.dataset)),
      seriesOf: Uint16Array.from(rows, (row) => names.indexOf(row.series)),
      instanceNumber: Int32Array.from(rows, (row) => row.number),
      label: Uint8Array.from(rows, (row) => row.label),
      source: new Uint8Array(rows.length),
      sums: Uint32Array.from(rows, (row) => hash32(textHash(`${row.dataset} ${row.series}`), 0, row.number)),
      key: new Uint8Array(rows.length * 16).map((_, i) => hash32(key, from, i)),
    });
  }
  return shards;
}

function textHash(text: string): number {
  return [...text].reduce((hash, letter) => hash32(hash, letter.charCodeAt(0), 0), 1);
}

const capsAt = (CT: number, seed = 1): Caps => ({ seed, slices: { CT } });
const recordsOf = (slices: readonly Slice[], caps?: Caps) =>
  [...new Set(slices.map(({ dataset }) => dataset))].map((id) => ({
    ...makeDataset(id, 'p'),
    ...(caps && { caps }),
  }));

/** The slices that caps leave, in the order given. */
function drawn(slices: readonly Slice[], caps?: Caps, options: Parameters<typeof shardsOf>[1] = {}): Slice[] {
  const { indexes } = inUse(shardsOf(slices, options), recordsOf(slices, caps), CLASSES);
  const removed = indexes.flatMap((index) => [...index.removed]);
  return slices.filter((_, i) => !removed[i]);
}

const named = (slices: readonly Slice[]) =>
  slices.map(({ dataset, series, number }) => `${dataset} ${series} ${number}`).sort();
const perSeries = (slices: readonly Slice[]) => {
  const counts: Record<string, number> = {};
  for (const { series } of slices) counts[series] = (counts[series] ?? 0) + 1;
  return counts;
};
const shuffled = <T>(list: readonly T[], seed: number): T[] => {
  const order = random(seed).shuffle(Uint32Array.from(list.keys()));
  return [...order].map((at) => list[at]);
};

/** Three series of 40, 12 and 3 slices. */
const THREE = [...seriesOf('long', 40), ...seriesOf('middle', 12), ...seriesOf('short', 3)];

describe('how many', () => {
  test('exactly the cap where there are more, and all where there are not', () => {
    for (let cap = 1; cap <= 60; cap++) {
      expect(drawn(THREE, capsAt(cap))).toHaveLength(Math.min(cap, 55));
    }
  });

  test('each dataset and each class has its own cap; a class without one keeps all, and so do slices without a class', () => {
    const slices = [
      ...seriesOf('x', 20),
      ...seriesOf('y', 20, { dataset: 'b' }),
      ...seriesOf('z', 20, { label: 1 }),
      ...seriesOf('none', 20, { label: 255 }),
    ];
    expect(perSeries(drawn(slices, capsAt(6)))).toEqual({ x: 6, y: 6, z: 20, none: 20 });
    expect(perSeries(drawn(slices, { seed: 1, slices: { CT: 6, MR: 2 } }))).toMatchObject({
      x: 6,
      y: 6,
      z: 2,
    });
  });

  test('never more than the cap, and all of it, in random projects', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { integer } = random(seed);
      const slices = Array.from({ length: 1 + integer(12) }, (_, i) =>
        seriesOf(`s${i}`, 1 + integer(30), {
          ...{ dataset: `d${integer(3)}`, patient: `p${integer(5)}`, label: integer(2) },
        }),
      ).flat();
      const caps = { seed, slices: { CT: 1 + integer(40), MR: 1 + integer(40) } };
      const kept = drawn(slices, caps, { size: 1 + integer(20) });
      for (const dataset of ['d0', 'd1', 'd2'])
        CLASSES.forEach((id, label) => {
          const own = (list: readonly Slice[]) =>
            list.filter((one) => one.dataset === dataset && one.label === label).length;
          expect(own(kept)).toBe(Math.min(own(slices), caps.slices[id as 'CT' | 'MR']));
        });
    }
  });

  test('what is excluded or removed is not drawn, and does not count for the cap', () => {
    const shards = shardsOf(seriesOf('x', 14));
    shards[0].excluded.fill(1);
    shards[1].removed[0] = 1;
    const { indexes, aside } = inUse(shards, recordsOf(THREE, capsAt(6)), CLASSES);
    expect(indexes.map(({ removed }) => [...removed])).toEqual([
      [1, 1, 1, 1, 1, 1, 1],
      [1, 0, 0, 0, 0, 0, 0],
    ]);
    expect(aside.size).toBe(0);
  });
});

describe('which', () => {
  test('every series gives equally many, a short one all it has', () => {
    expect(perSeries(drawn(THREE, capsAt(23)))).toEqual({ long: 10, middle: 10, short: 3 });
    expect(Object.values(perSeries(drawn(THREE, capsAt(5)))).sort()).toEqual([1, 2, 2]);
  });

  test('a series is shown from its beginning to its end', () => {
    const numbers = drawn(seriesOf('x', 100), capsAt(10)).map(({ number }) => number);
    const steps = numbers.slice(1).map((number, i) => number - numbers[i]);
    expect(steps).toEqual(new Array(9).fill(10));
  });

  test('a series that was stored in any order is spread by its numbers', () => {
    const slices = shuffled(seriesOf('x', 100), 3);
    expect(named(drawn(slices, capsAt(10)))).toEqual(named(drawn(seriesOf('x', 100), capsAt(10))));
  });

  test('few slices come from as many patients as there are', () => {
    const slices = [
      ...Array.from({ length: 50 }, (_, i) =>
        seriesOf(`many ${i}`, 4, { patient: 'with many series' }),
      ).flat(),
      ...Array.from({ length: 5 }, (_, i) => seriesOf(`one ${i}`, 4)).flat(),
    ];
    for (let seed = 1; seed <= 10; seed++) {
      const patients = drawn(slices, capsAt(6, seed)).map(({ patient }) => patient);
      expect(new Set(patients).size).toBe(6);
    }
  });

  test('another seed draws other series, and other slices of the same ones', () => {
    const many = Array.from({ length: 40 }, (_, i) => seriesOf(`s${i}`, 20)).flat();
    const draws = [1, 2, 3].map((seed) => named(drawn(many, capsAt(20, seed))).join());
    expect(new Set(draws).size).toBe(3);
    const places = [1, 2, 3].map((seed) => named(drawn(seriesOf('x', 100), capsAt(10, seed))).join());
    expect(new Set(places).size).toBe(3);
  });

  test('over many seeds every slice is drawn about as often', () => {
    const slices = Array.from({ length: 8 }, (_, i) => seriesOf(`s${i}`, 5)).flat();
    const times = new Map<string, number>();
    for (let seed = 0; seed < 500; seed++)
      for (const name of named(drawn(slices, capsAt(4, seed)))) times.set(name, (times.get(name) ?? 0) + 1);
    // 500 draws of 4 of 40: 50 each, with a standard deviation of about 7.
    expect(times.size).toBe(40);
    for (const n of times.values()) expect(Math.abs(n - 50)).toBeLessThan(35);
  });
});

describe('what it depends on', () => {
  const many = Array.from({ length: 12 }, (_, i) =>
    seriesOf(`s${i}`, 5 + i, { patient: `p${i % 5}`, label: i % 2 }),
  ).flat();
  const caps = { seed: 5, slices: { CT: 17, MR: 9 } };
  const usual = named(drawn(many, caps));

  test('the order of the drop and the size of shards change nothing', () => {
    for (let seed = 1; seed <= 20; seed++)
      expect(named(drawn(shuffled(many, seed), caps, { size: 1 + seed }))).toEqual(usual);
  });

  test('another project, with another key, draws the same slices', () => {
    expect(named(drawn(many, caps, { key: 99 }))).toEqual(usual);
  });

  test('a dataset more changes nothing in the others', () => {
    const other = seriesOf('other', 50, { dataset: 'b' });
    const now = drawn(shuffled([...many, ...other], 2), caps).filter(({ dataset }) => dataset === 'a');
    expect(named(now)).toEqual(usual);
  });

  test('a corrected label moves a slice to the cap of its new class, and leaves the order of series', () => {
    const before = drawn(THREE, capsAt(23));
    const corrected = THREE.map((one) => (one.series === 'short' ? { ...one, label: 1 } : one));
    const after = drawn(corrected, capsAt(23));
    expect(perSeries(after)).toEqual({ long: 12, middle: 11, short: 3 });
    const middle = (list: readonly Slice[]) => named(list.filter(({ series }) => series === 'middle'));
    expect(middle(drawn(corrected, capsAt(20)))).toEqual(middle(before));
  });

  test('damage to a slice, or its exclusion, leaves the order of series', () => {
    const pairs = Array.from({ length: 40 }, (_, i) => seriesOf(`s${i}`, 2)).flat();
    const records = recordsOf(pairs, capsAt(20));
    const left = (shards: ShardIndex[]) =>
      inUse(shards, records, CLASSES).indexes.map(({ removed }) => removed.map((gone) => Number(gone > 0)));
    const [before] = left(shardsOf(pairs, { size: 80 }));
    for (let series = 0; series < 40; series++) {
      if (!before[2 * series] || !before[2 * series + 1]) continue;
      for (const column of ['removed', 'excluded'] as const) {
        const [shard] = shardsOf(pairs, { size: 80 });
        shard[column][2 * series] = column === 'removed' ? DAMAGED : 1;
        expect(left([shard])[0]).toEqual(before);
      }
    }
  });

  test('without checksums, as shards of early versions are, keys of slices stand in', () => {
    const shards = shardsOf(many).map(({ sums: _, ...shard }) => shard);
    const { indexes } = inUse(shards, recordsOf(many, caps), CLASSES);
    const left = indexes.flatMap(({ removed }) => [...removed]).filter((gone) => !gone).length;
    expect(left).toBe(26);
  });
});

test('a million slices are drawn in short steps, and sorted only where they were not stored in order', () => {
  const SLICES = 1_000_000;
  const PER_SHARD = 512;
  const PER_SERIES = 100;
  const shards = Array.from({ length: Math.ceil(SLICES / PER_SHARD) }, (_, shard): ShardIndex => {
    const from = shard * PER_SHARD;
    const count = Math.min(PER_SHARD, SLICES - from);
    const first = Math.floor(from / PER_SERIES);
    const places = Float64Array.from({ length: count }, (_, row) => from + row);
    return {
      ...emptyColumns(count, COLUMN_NAMES),
      ...{ shard, project: 'p', count, crc32: 0, datasets: ['a'] },
      series: Array.from({ length: 7 }, (_, i) => makeFacts(`s${first + i}`, `p${(first + i) >> 2}`)),
      seriesOf: Uint16Array.from(places, (at) => Math.floor(at / PER_SERIES) - first),
      instanceNumber: Int32Array.from(places, (at) => at % PER_SERIES),
      label: new Uint8Array(count),
      source: new Uint8Array(count),
      sums: Uint32Array.from(places, (at) => hash32(1, 0, at)),
    };
  });
  let sorted = 0;
  const sort = vi.spyOn(Uint32Array.prototype, 'sort').mockImplementation(function (this: Uint32Array, by) {
    sorted += this.length;
    const list = Array.from(this);
    this.set(by ? list.sort(by) : list.sort((a, b) => a - b));
    return this;
  });
  const steps = drawAside(shards, shards, [{ id: 'a', caps: PAPER_CAPS }], CLASSES);
  let pauses = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) pauses++;
  sort.mockRestore();
  const left = [...step.value.values()].reduce((sum, rows) => sum + rows.reduce((n, out) => n + out, 0), 0);
  expect(SLICES - left).toBe(50_000);
  // The sizes of its 10,000 series alone.
  expect(sorted).toBe(10_000);
  expect(pauses).toBeGreaterThanOrEqual(Math.floor(SLICES / 70_000));
});
