/** Occlusion finds out what a network looks at, and Grad-CAM of weights made by hand is what the paper says. */
import { expect, test } from 'vitest';
import { classMap } from '../../../src/core/explain/gradcam.ts';
import { cover, occlude, PLACES } from '../../../src/core/explain/occlusion.ts';

const SIZE = 56;
/** Of a place, in pixels. */
const CELL = SIZE / PLACES;

/** A network that looks at one square of 4×4 pixels alone: the brighter it is, the surer it is of CT. */
function lookingAt(row: number, column: number) {
  let asked = 0;
  const predict = async (pixels: Uint8Array, n: number) => {
    asked += n;
    const result = new Float32Array(n * 4);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let y = 0; y < CELL; y++) {
        for (let x = 0; x < CELL; x++) {
          sum += pixels[i * SIZE * SIZE + (row * CELL + y) * SIZE + column * CELL + x];
        }
      }
      const ct = sum / (CELL * CELL * 255);
      result.set([ct, 1 - ct, 0, 0], i * 4);
    }
    return result;
  };
  return { predict, asked: () => asked };
}

/** Dark, with a bright square. */
function picture(row: number, column: number): Uint8Array {
  const pixels = new Uint8Array(SIZE * SIZE);
  for (let y = 0; y < CELL; y++) {
    pixels.fill(255, (row * CELL + y) * SIZE + column * CELL, (row * CELL + y) * SIZE + (column + 1) * CELL);
  }
  return pixels;
}

const live = () => ({ signal: new AbortController().signal });

test.each([
  [3, 9],
  [0, 0],
  [13, 6],
])('a network that looks at one patch, %i down and %i across, is found out', async (row, column) => {
  const { rows, columns, drops } = await occlude(
    lookingAt(row, column).predict,
    picture(row, column),
    SIZE,
    live(),
  );
  expect([rows, columns, drops.length]).toEqual([PLACES, PLACES, 4]);
  const [ct, mr, pt] = drops;
  // The patch is three places wide: it covers the square from its own place and from those around, and from no other.
  ct.forEach((drop, place) => {
    const apart = Math.max(Math.abs(Math.floor(place / PLACES) - row), Math.abs((place % PLACES) - column));
    if (apart <= 1) expect(drop).toBeGreaterThan(0.9);
    else expect(drop).toBe(0);
  });
  // What CT loses, MR gains.
  expect(mr.every((drop, place) => drop === -ct[place])).toBe(true);
  expect(pt.every((drop) => drop === 0)).toBe(true);
});

test('the patch is as gray as the image on the mean, and cut at the edges', () => {
  const image = new Uint8Array(SIZE * SIZE).fill(9);
  cover(image, SIZE, 0, 77);
  const covered = [...image].filter((value) => value === 77).length;
  // Centred two pixels from the corner and twelve wide: eight are left of it.
  expect(covered).toBe(8 * 8);
  expect(image[7 * SIZE + 7]).toBe(77);
  expect(image[8 * SIZE + 7]).toBe(9);
});

test('it tells how far it is, and ends when it is cancelled', async () => {
  const network = lookingAt(3, 3);
  const controller = new AbortController();
  const told: number[] = [];
  const progress = (done: number, total: number) => {
    expect(total).toBe(PLACES * PLACES);
    told.push(done);
    if (told.length === 2) controller.abort();
  };
  await expect(
    occlude(network.predict, picture(3, 3), SIZE, { signal: controller.signal, progress }),
  ).rejects.toThrow();
  expect(told).toHaveLength(2);
  expect(network.asked()).toBe(1 + told[1]);
});

test('channels count by the mean of their gradient, and what speaks against the class is left out', () => {
  // Two cells of two channels. Weights: (1 + 3) / 2 = 2 and (−1 − 3) / 2 = −2.
  const map = classMap(Float32Array.of(5, 1, 1, 5), Float32Array.of(1, -1, 3, -3), 2);
  expect([...map]).toEqual([8, 0]);
});
