/** Which tile of a matrix product is tried, and which is taken. */
import { describe, expect, test } from 'vitest';
import { nameOf, type ProductShape, TILES, Tiles } from '../../../src/core/engine/devices/webgpu/tiles.ts';

const wide: ProductShape = {
  name: 'convolution',
  geometry: { channels: 128 },
  rows: 5000,
  columns: 128,
  operations: 5e9,
};

/** A training of `steps` on an adapter where each tile takes `ms`; returns what it remembers at its end. */
function train(known: string | null, product: ProductShape, ms: Record<string, number>, steps = 20) {
  let remembered: string | null = null;
  const tiles = new Tiles(known, (found) => {
    remembered = found;
  });
  const taken: string[] = [];
  const prepared: string[] = [];
  for (let step = 0; step < steps; step++) {
    const { tile, timed, candidates } = tiles.choose(product);
    taken.push(nameOf(tile));
    prepared.push(...(candidates ?? []).map(nameOf));
    timed?.(ms[nameOf(tile)]);
  }
  return { remembered, taken, prepared };
}

const slowSquare = { '64×64': 3, '128×64': 2, '64×128': 1, '128×128': 4 };

describe('tiles', () => {
  test('are tried in turn, and the fastest is taken from the next training on', () => {
    const first = train(null, wide, slowSquare);
    expect(new Set(first.taken)).toEqual(new Set(TILES.map(nameOf)));
    expect(first.taken.slice(12)).toEqual(Array(8).fill('128×64'));
    const second = train(first.remembered, wide, slowSquare);
    expect(second.taken).toEqual(Array(20).fill('64×128'));
  });

  test('to be tried are all named at the first of their products, so that nothing is compiled later', () => {
    const { taken, prepared } = train(null, wide, slowSquare);
    expect(prepared).toEqual(TILES.map(nameOf));
    expect(prepared).toEqual(expect.arrayContaining(taken));
  });

  test('that are hardly faster than the standard one are not worth a change', () => {
    const { remembered } = train(null, wide, { '64×64': 2, '128×64': 2, '64×128': 1.99, '128×128': 2 });
    expect(train(remembered, wide, slowSquare).taken[0]).toBe('128×64');
  });

  test('wider than the product are not tried', () => {
    const { taken } = train(null, { ...wide, columns: 64 }, slowSquare);
    expect(new Set(taken)).toEqual(new Set(['64×64', '128×64']));
  });

  test('are not tried on small products, nor where nothing can be timed', () => {
    expect(train(null, { ...wide, operations: 1e6 }, slowSquare).taken).toEqual(Array(20).fill('128×64'));
    const untimed = new Tiles(null, null);
    expect(untimed.choose(wide)).toEqual({ tile: { rows: 128, columns: 64 } });
    expect(untimed.choose({ ...wide, rows: 64 })).toEqual({ tile: { rows: 64, columns: 64 } });
  });

  test('are tried on one product of a kind: others of it would not compare', () => {
    const tiles = new Tiles(null, () => {});
    expect(tiles.choose(wide).timed).toBeDefined();
    expect(tiles.choose({ ...wide, geometry: { channels: 256 } }).timed).toBeUndefined();
  });

  test.each(['', 'no JSON', '[1]', '{"convolution, wide":"1×1"}', '{"convolution, wide":5}'])(
    'remembered as %j are found anew',
    (known) => expect(train(known, wide, slowSquare).prepared).toHaveLength(4),
  );
});
