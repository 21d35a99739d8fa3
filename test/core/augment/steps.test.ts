/** Each step of a recipe: it changes the picture, repeats by its seed, and keeps within what its parameters say. */
import { describe, expect, test } from 'vitest';
import { bias } from '../../../src/core/augment/bias.ts';
import { blocks } from '../../../src/core/augment/blocks.ts';
import { border } from '../../../src/core/augment/border.ts';
import { type Canvas, createCanvas, writeBytes } from '../../../src/core/augment/canvas.ts';
import { erase } from '../../../src/core/augment/erase.ts';
import { coarsen } from '../../../src/core/augment/matrix.ts';
import { addNoise, NOISES } from '../../../src/core/augment/noise.ts';
import { polarity } from '../../../src/core/augment/polarity.ts';
import { blur, sharpness } from '../../../src/core/augment/sharpness.ts';
import { changeOf, createSteps, type StepKind } from '../../../src/core/augment/steps.ts';
import { text } from '../../../src/core/augment/text.ts';
import { random } from '../../../src/core/random.ts';

const SIDE = 32;

function canvasOf(level: (x: number, y: number) => number, side = SIDE): Canvas {
  const canvas = createCanvas(side);
  for (let i = 0; i < side * side; i++) canvas.pixels[i] = level(i % side, Math.floor(i / side));
  return canvas;
}

/** A disc of 0.6 on a slope. */
const picture = () => canvasOf((x, y) => (Math.hypot(x - 15, y - 13) < 9 ? 0.6 : 0.1 + (0.2 * x) / SIDE));
const spread = (values: Float32Array) => {
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
};

const STEPS: readonly StepKind[] = [
  { kind: 'bias', strength: 0.3 },
  { kind: 'erase', most: 0.4 },
  { kind: 'polarity' },
  { kind: 'matrix', least: 8 },
  { kind: 'sharpness', most: 1.5 },
  { kind: 'noise', sigma: 0.1 },
  { kind: 'border', most: 0.3 },
  { kind: 'text' },
  { kind: 'blocks', most: 0.2 },
];

describe.each(STEPS)('the step $kind', (step) => {
  const run = (seed: number) => {
    const canvas = picture();
    changeOf(step)(canvas, random(seed));
    return canvas.pixels;
  };

  test('changes the picture and leaves numbers', () => {
    const changed = [1, 2, 3, 4].map(run);
    expect(changed.some((pixels) => pixels.some((value, i) => value !== picture().pixels[i]))).toBe(true);
    for (const pixels of changed) expect(pixels.every(Number.isFinite)).toBe(true);
  });

  test('gives the same picture for the same seed', () => {
    expect(run(5)).toEqual(run(5));
  });

  test('is taken by its chance alone', () => {
    const canvas = picture();
    createSteps([{ ...step, chance: 0 }])(canvas, random(1));
    expect(canvas.pixels).toEqual(picture().pixels);
    createSteps([{ ...step, chance: 1 }])(canvas, random(1));
    expect(canvas.pixels).not.toEqual(picture().pixels);
  });
});

test('polarity swaps black and white', () => {
  const canvas = canvasOf((x) => (x === 0 ? 0.25 : 1), 4);
  polarity(canvas, random(1));
  expect([...canvas.pixels.slice(0, 3)]).toEqual([0.75, 0, 0]);
});

test('a field of coils keeps the middle and multiplies the rest', () => {
  const canvas = canvasOf(() => 0.5, 33);
  bias(0.5)(canvas, random(4));
  expect(canvas.pixels[16 * 33 + 16]).toBeCloseTo(0.5, 6);
  expect(Math.max(...canvas.pixels)).toBeGreaterThan(0.6);
  expect(Math.min(...canvas.pixels)).toBeGreaterThan(0);
});

test('a field of coils rises along both axes', () => {
  const canvas = canvasOf(() => 0.5, 33);
  bias(0.5)(canvas, random(4));
  const [left, right, top, bottom] = [16 * 33, 16 * 33 + 32, 16, 32 * 33 + 16].map((at) => canvas.pixels[at]);
  expect(Math.abs(left - right)).toBeGreaterThan(0.02);
  expect(Math.abs(top - bottom)).toBeGreaterThan(0.02);
});

describe('a coarser matrix', () => {
  test('of two pixels has the means of the halves at its corners', () => {
    const canvas = canvasOf((x) => (x < 4 ? 0 : 1), 8);
    coarsen(canvas, 2);
    expect(canvas.pixels[0]).toBeCloseTo(0);
    expect(canvas.pixels[7]).toBeCloseTo(1);
    expect(canvas.pixels[3]).toBeCloseTo(0.375);
  });

  test('as large as the canvas changes nothing', () => {
    const canvas = picture();
    coarsen(canvas, SIDE);
    expect(canvas.pixels).toEqual(picture().pixels);
  });
});

test('blurring keeps a constant picture and spreads a point as 1-2-1', () => {
  const canvas = canvasOf((x, y) => (x === 3 && y === 3 ? 16 : 0), 8);
  blur(canvas);
  expect([...canvas.pixels.slice(3 * 8 + 2, 3 * 8 + 5)]).toEqual([2, 4, 2]);
  const flat = canvasOf(() => 0.3, 8);
  blur(flat);
  for (const value of flat.pixels) expect(value).toBeCloseTo(0.3);
});

test('sharpening makes edges steeper, blurring flatter', () => {
  const step = () => canvasOf((x) => (x < 16 ? 0.2 : 0.8));
  const jumps = Array.from({ length: 12 }, (_, seed) => {
    const canvas = step();
    sharpness(1.5)(canvas, random(seed));
    return canvas.pixels[16] - canvas.pixels[15];
  });
  expect(Math.max(...jumps)).toBeGreaterThan(0.6);
  expect(Math.min(...jumps)).toBeLessThan(0.4);
});

describe('noise', () => {
  test.each(NOISES)('of kind %s has about the given deviation in a bright picture', (kind) => {
    const canvas = canvasOf(() => 1, 128);
    addNoise(canvas, kind, 0.1, random(3));
    const expected = kind === 'poisson' ? 0.1 * Math.SQRT2 : 0.1;
    expect(spread(canvas.pixels) / expected).toBeGreaterThan(0.8);
    expect(spread(canvas.pixels) / expected).toBeLessThan(1.2);
  });

  test('of counts leaves black alone, that of a magnitude lifts it', () => {
    const black = (kind: 'poisson' | 'rician') => {
      const canvas = canvasOf(() => 0);
      addNoise(canvas, kind, 0.1, random(3));
      return canvas.pixels;
    };
    expect(black('poisson').every((value) => value === 0)).toBe(true);
    expect(black('rician').reduce((sum, value) => sum + value, 0) / SIDE ** 2).toBeGreaterThan(0.1);
  });

  test('as grain is alike in neighbours', () => {
    const canvas = canvasOf(() => 0, 64);
    addNoise(canvas, 'grain', 0.1, random(3));
    const products = canvas.pixels.slice(1).map((value, i) => value * canvas.pixels[i]);
    expect(products.reduce((sum, value) => sum + value, 0) / products.length / 0.01).toBeGreaterThan(0.4);
  });
});

test('a border has one level and hides no more than it may', () => {
  for (let seed = 0; seed < 20; seed++) {
    const canvas = canvasOf(() => 0.5, 64);
    border(0.2)(canvas, random(seed));
    const hidden = canvas.pixels.filter((value) => value !== 0.5);
    expect(new Set(hidden).size).toBeLessThanOrEqual(1);
    expect(canvas.pixels[32 * 64 + 32]).toBe(0.5);
  }
});

test('a round border hides the corners and nothing within', () => {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed).filter((seed) => {
    const { pixels } = ((canvas) => {
      border(0.1)(canvas, random(seed));
      return canvas;
    })(canvasOf(() => 2, 64));
    const isHidden = (x: number, y: number) => pixels[y * 64 + x] !== 2;
    return isHidden(0, 0) && isHidden(63, 63) && !isHidden(0, 32) && !isHidden(32, 0);
  });
  expect(seeds.length).toBeGreaterThan(0);
});

test('text lies in a corner, of one level', () => {
  const canvas = canvasOf(() => 0.5, 128);
  text(canvas, random(2));
  const painted = canvas.pixels.filter((value) => value !== 0.5);
  expect(painted.length).toBeGreaterThan(0);
  expect(new Set(painted).size).toBe(1);
  expect(canvas.pixels[64 * 128 + 64]).toBe(0.5);
});

describe('blocks of JPEG', () => {
  test('with steps near zero leave the picture', () => {
    const canvas = picture();
    blocks(1e-5)(canvas, random(1));
    canvas.pixels.forEach((value, i) => {
      expect(value).toBeCloseTo(picture().pixels[i], 4);
    });
  });

  test('with large steps leave a level for each block', () => {
    const canvas = picture();
    blocks(8)(canvas, random(1));
    expect(new Set(canvas.pixels.slice(0, 8)).size).toBe(1);
  });
});

test('what is erased is one rectangle of the given size', () => {
  const canvas = canvasOf(() => 2, 64);
  erase(0.5)(canvas, random(6));
  const erased = canvas.pixels.filter((value) => value !== 2);
  expect(new Set(erased).size).toBe(1);
  expect(erased.length).toBeLessThanOrEqual(32 * 32);
  expect(erased.length).toBeGreaterThan(100);
});

test('levels beyond black and white are cut off in bytes', () => {
  const canvas = createCanvas(2);
  canvas.pixels.set([-1, 0.5, 1, 7]);
  const bytes = new Uint8Array(4);
  writeBytes(canvas, bytes, 0);
  expect([...bytes]).toEqual([0, 128, 255, 255]);
});
