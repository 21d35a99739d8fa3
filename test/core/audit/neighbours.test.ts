/** Similar pictures: what a slice looks like in numbers, and which slices of other patients look most like it. */
import { expect, test } from 'vitest';
import { LOOK_NUMBERS, normaliseLooks, writeLook } from '../../../src/core/audit/look.ts';
import { findNeighbours, NEIGHBOURS, NO_NEIGHBOUR, votesOf } from '../../../src/core/audit/neighbours.ts';
import { random } from '../../../src/core/random.ts';
import { SLICE_BYTES, SLICE_SIDE } from '../../../src/core/types.ts';

const HOST = { yieldToEventLoop: async () => undefined, signal: new AbortController().signal };

/** Looks of one number each: the distance of two slices is that of their numbers. */
function looksOf(values: readonly number[]): Float32Array {
  const looks = new Float32Array(values.length * LOOK_NUMBERS);
  values.forEach((value, i) => {
    looks[i * LOOK_NUMBERS] = value;
  });
  return looks;
}

async function neighboursOf(
  values: readonly number[],
  { patient = values.map((_, i) => i), seriesOf = patient }: { patient?: number[]; seriesOf?: number[] } = {},
): Promise<number[][]> {
  const table = {
    count: values.length,
    patient: Uint32Array.from(patient),
    seriesOf: Uint32Array.from(seriesOf),
  };
  const all = Uint32Array.from(values.keys());
  const found = await findNeighbours(table, looksOf(values), all, HOST);
  return values.map((_, i) =>
    [...found.subarray(i * NEIGHBOURS, (i + 1) * NEIGHBOURS)].filter((j) => j !== NO_NEIGHBOUR),
  );
}

test('the nearest come first', async () => {
  const [first] = await neighboursOf([0, 5, -1, 3]);
  expect(first).toEqual([2, 3, 1]);
});

test('are those of a search through all, for many slices', async () => {
  const draw = random(3);
  const values = Array.from({ length: 60 }, () => draw.normal());
  const found = await neighboursOf(values);
  for (const [i, own] of found.entries()) {
    const all = [...values.keys()].filter((j) => j !== i);
    const sorted = all.sort((a, b) => Math.abs(values[a] - values[i]) - Math.abs(values[b] - values[i]));
    expect(own).toEqual(sorted.slice(0, NEIGHBOURS));
  }
});

test('a slice of the same patient is no neighbour', async () => {
  const [first] = await neighboursOf([0, 0.1, 4], { patient: [7, 7, 8], seriesOf: [0, 1, 2] });
  expect(first).toEqual([2]);
});

test('of one series only the nearest slice is a neighbour', async () => {
  const [first] = await neighboursOf([0, 3, 1, 2, 4], {
    patient: [0, 1, 1, 1, 2],
    seriesOf: [0, 1, 1, 1, 2],
  });
  expect(first).toEqual([2, 4]);
});

test('votes count the labels of neighbours that have one', () => {
  const neighbours = new Uint32Array(NEIGHBOURS).fill(NO_NEIGHBOUR);
  neighbours.set([1, 2, 3]);
  const votes = new Float64Array(4);
  votesOf(neighbours, 0, Uint8Array.of(0, 2, 2, 255), 4, votes);
  expect([...votes]).toEqual([0, 0, 2, 0]);
});

test('a cancelled search ends with its reason', async () => {
  const signal = AbortSignal.abort(new Error('cancelled'));
  const table = { count: 1, patient: Uint32Array.of(0), seriesOf: Uint32Array.of(0) };
  await expect(findNeighbours(table, looksOf([1]), new Uint32Array(0), { ...HOST, signal })).rejects.toThrow(
    'cancelled',
  );
});

test('a look has the means of an 8×8 grid, and shares whose squares sum to 1', () => {
  const slice = new Uint8Array(SLICE_BYTES);
  for (let y = 0; y < SLICE_SIDE / 2; y++) slice.fill(255, y * SLICE_SIDE, (y + 1) * SLICE_SIDE);
  const look = new Float32Array(LOOK_NUMBERS);
  writeLook(slice, 0, look, 0);
  expect([...look.subarray(0, 32)]).toEqual(Array(32).fill(expect.closeTo(1, 5)));
  expect([...look.subarray(32, 64)]).toEqual(Array(32).fill(0));
  const squares = (from: number, to: number) =>
    look.subarray(from, to).reduce((sum, value) => sum + value ** 2, 0);
  for (const [from, to] of [
    [64, 96],
    [96, 104],
    [104, 112],
  ] as const)
    expect(squares(from, to)).toBeCloseTo(1, 5);
});

test('normalised looks have the mean 0, and each group counts the same', () => {
  const draw = random(1);
  const looks = Float32Array.from(
    { length: 20 * LOOK_NUMBERS },
    (_, i) => draw.normal() * (i % LOOK_NUMBERS < 64 ? 100 : 1),
  );
  normaliseLooks(looks);
  for (const [from, to] of [
    [0, 64],
    [64, 96],
    [96, 112],
  ] as const) {
    let [sum, square] = [0, 0];
    for (let n = 0; n < 20; n++)
      for (let i = from; i < to; i++) {
        sum += looks[n * LOOK_NUMBERS + i];
        square += looks[n * LOOK_NUMBERS + i] ** 2;
      }
    expect(sum).toBeCloseTo(0, 3);
    expect(square / 20).toBeCloseTo(1, 4);
  }
});
