/** The tools that all acquisitions share: transform, noise, blur, projections. */
import { describe, expect, test } from 'vitest';
import { random } from '../../../src/core/random.ts';
import { blurAxis, SIGMA_PER_FWHM } from '../../../src/core/simulate/blur.ts';
import { noise } from '../../../src/core/simulate/chance.ts';
import { fft, fft2, goodLength } from '../../../src/core/simulate/fft.ts';
import { makeNoise } from '../../../src/core/simulate/noise.ts';
import { backproject, halfTurn, project } from '../../../src/core/simulate/projector.ts';
import { textureGrid } from '../../../src/core/simulate/texture.ts';
import { TISSUES } from '../../../src/core/simulate/tissue.ts';
import type { Grid } from '../../../src/core/simulate/volume.ts';

const filled = (length: number, seed: number) => {
  const numbers = random(seed);
  return Float32Array.from({ length }, () => numbers.normal());
};

describe('the Fourier transform', () => {
  test.each([8, 12, 15, 16, 60, 90, 128])(
    'of length %i is the sum that defines it, lane by lane',
    (length) => {
      const inner = 2;
      const re = filled(length * inner, 1);
      const im = filled(length * inner, 2);
      const [wasRe, wasIm] = [re.slice(), im.slice()];
      fft(length)(re, im, inner, false);
      for (let f = 0; f < length; f++) {
        for (let lane = 0; lane < inner; lane++) {
          let [r, i] = [0, 0];
          for (let n = 0; n < length; n++) {
            const turn = (-2 * Math.PI * f * n) / length;
            const at = n * inner + lane;
            r += wasRe[at] * Math.cos(turn) - wasIm[at] * Math.sin(turn);
            i += wasRe[at] * Math.sin(turn) + wasIm[at] * Math.cos(turn);
          }
          expect(re[f * inner + lane]).toBeCloseTo(r, 3);
          expect(im[f * inner + lane]).toBeCloseTo(i, 3);
        }
      }
      fft(length)(re, im, inner, true);
      for (let n = 0; n < length * inner; n++) expect(re[n]).toBeCloseTo(wasRe[n], 4);
    },
  );

  test.each([
    [8, 4],
    [30, 8],
    [48, 4],
    [100, 12],
    [128, 4],
  ])('of length %i gives the same for %i lines in vectors as plainly', (length, inner) => {
    for (const inverse of [false, true]) {
      const [re, im] = [filled(length * inner, 1), filled(length * inner, 2)];
      const [plainRe, plainIm] = [re.slice(), im.slice()];
      fft(length)(re, im, inner, inverse);
      fft(length, true)(plainRe, plainIm, inner, inverse);
      for (let at = 0; at < re.length; at++) {
        expect(re[at]).toBeCloseTo(plainRe[at], 4);
        expect(im[at]).toBeCloseTo(plainIm[at], 4);
      }
    }
  });

  test.each([
    [12, 20],
    [16, 16],
    [36, 8],
    // Not in vectors.
    [15, 18],
  ])('of both axes of %i × %i is the same in vectors as plainly, and goes back', (rows, columns) => {
    const [re, im] = [filled(rows * columns, 1), filled(rows * columns, 2)];
    const [wasRe, wasIm] = [re.slice(), im.slice()];
    const [plainRe, plainIm] = [re.slice(), im.slice()];
    fft2(re, im, rows, columns, false);
    fft2(plainRe, plainIm, rows, columns, false, true);
    for (let at = 0; at < re.length; at++) {
      expect(re[at]).toBeCloseTo(plainRe[at], 3);
      expect(im[at]).toBeCloseTo(plainIm[at], 3);
    }
    fft2(re, im, rows, columns, true);
    for (let at = 0; at < re.length; at++) {
      expect(re[at]).toBeCloseTo(wasRe[at], 4);
      expect(im[at]).toBeCloseTo(wasIm[at], 4);
    }
  });

  test('is asked for lengths that it can do', () => {
    expect(goodLength(97)).toBe(100);
    expect(goodLength(97, 64)).toBe(128);
    expect(() => fft(14)).toThrow(RangeError);
  });
});

describe('noise', () => {
  test.each([0.4, 6, 40, 400])('of Poisson has the mean %f and as much variance', (mean) => {
    const source = noise(random(7));
    let [sum, squares] = [0, 0];
    const count = 40_000;
    for (let i = 0; i < count; i++) {
      const value = source.poisson(mean);
      expect(Number.isInteger(value)).toBe(true);
      sum += value;
      squares += value * value;
    }
    expect(Math.abs(sum / count / mean - 1)).toBeLessThan(0.02);
    expect(Math.abs((squares / count - (sum / count) ** 2) / mean - 1)).toBeLessThan(0.05);
  });

  test('of the normal distribution has its moments and its tails', () => {
    const source = noise(random(3));
    const values = Float32Array.from({ length: 100_000 }, () => source.normal());
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
  });
});

describe('blur', () => {
  test.each([1.5, 4])('spreads a point to the width of %f pixels and keeps its sum', (fwhm) => {
    const values = new Float32Array(64);
    values[32] = 1;
    blurAxis(values, 1, 64, 1, fwhm * SIGMA_PER_FWHM);
    const sum = values.reduce((a, b) => a + b);
    const variance = values.reduce((a, b, i) => a + b * (i - 32) ** 2, 0);
    expect(sum).toBeCloseTo(1, 4);
    // The pixel itself is 1/12 wide.
    expect(Math.abs(Math.sqrt(variance - 1 / 12) / SIGMA_PER_FWHM / fwhm - 1)).toBeLessThan(0.03);
  });

  test.each([4, 7.3, 20])('of σ %f, by means of boxes, is a Gaussian along either axis', (sigma) => {
    const [length, inner, middle] = [301, 3, 150];
    const columns = new Float32Array(length * inner);
    const rows = new Float32Array(length * inner);
    for (let q = 0; q < inner; q++) {
      columns[middle * inner + q] = 1 + q;
      rows[q * length + middle] = 1 + q;
    }
    blurAxis(columns, 1, length, inner, sigma);
    blurAxis(rows, inner, length, 1, sigma);
    const variance = sigma * sigma + 1 / 12;
    for (let q = 0; q < inner; q++) {
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < length; i++) {
        const value = columns[i * inner + q] / (1 + q);
        const gauss = Math.exp(-((i - middle) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
        expect(Math.abs(value - gauss) * Math.sqrt(2 * Math.PI * variance)).toBeLessThan(0.04);
        expect(rows[q * length + i]).toBeCloseTo(columns[i * inner + q], 6);
        sum += value;
        squares += value * (i - middle) ** 2;
      }
      expect(sum).toBeCloseTo(1, 4);
      expect(Math.abs(squares / variance - 1)).toBeLessThan(0.001);
    }
  });

  test.each([1, 9])('of σ %f goes on with the value of the edge', (sigma) => {
    const values = new Float32Array(40).fill(5);
    blurAxis(values, 4, 10, 1, sigma);
    for (const value of values) expect(value).toBeCloseTo(5, 4);
  });

  test.each([
    [5, 31, 1],
    [1, 9, 7],
    [3, 40, 8],
  ])('of %i × %i × %i numbers is the same to the bit, compiled and plain', (outer, length, inner) => {
    for (const sigma of [0.4, 2, 3.9]) {
      const values = Float32Array.from({ length: outer * length * inner }, (_, n) => Math.sin(n * n));
      const plain = values.slice();
      blurAxis(values, outer, length, inner, sigma);
      blurAxis(plain, outer, length, inner, sigma, true);
      expect(values).toEqual(plain);
    }
  });
});

describe('texture', () => {
  test('is the same to the bit, compiled and plain, wherever the grid lies', () => {
    const grid: Grid = {
      size: [13, 9, 5],
      origin: [-312.4, 87.1, 1204.9],
      axes: [
        [0.8, 0.6, 0],
        [-0.6, 0.8, 0],
        [0, 0, 1],
      ],
      spacing: [1.7, 2.3, 5.1],
    };
    const dice = random(4);
    const tissue = Uint8Array.from({ length: 13 * 9 * 5 }, () => dice.integer(TISSUES.length));
    const [fast, plain] = [new Int8Array(tissue.length), new Int8Array(tissue.length)];
    textureGrid(makeNoise(7, 3), grid, tissue, fast);
    textureGrid(makeNoise(7, 3), grid, tissue, plain, true);
    expect(fast).toEqual(plain);
    expect(new Set(fast).size).toBeGreaterThan(60);
    const other = new Int8Array(tissue.length);
    textureGrid(makeNoise(8, 3), grid, tissue, other);
    expect(other).not.toEqual(fast);
  });
});

describe('projections', () => {
  const size = 40;
  const beams = { angles: halfTurn(24), bins: 61, pitch: 1.5 };

  test('in vectors are those of the plain functions', () => {
    const image = filled(size * size * 4, 5);
    // Nothing at the border, where rounding decides whether a ray still meets it.
    for (let at = 0; at < size * size; at++) {
      const [x, y] = [at % size, Math.floor(at / size)];
      if (Math.min(x, y, size - 1 - x, size - 1 - y) < 2) image.fill(0, at * 4, at * 4 + 4);
    }
    const [fast, plain] = [project(image, size, 1.6, beams), project(image, size, 1.6, beams, true)];
    const worst = fast.reduce((most, value, at) => Math.max(most, Math.abs(value - plain[at])), 0);
    // Places along a row are rounded to 1/65536.
    expect(worst).toBeLessThan(0.05);
    for (let view = 0; view < 24; view++) {
      fast.fill(0, view * 61 * 4, (view * 61 + 2) * 4);
      fast.fill(0, (view * 61 + 59) * 4, (view + 1) * 61 * 4);
    }
    const canvas = { size: 33, pixel: 1.2, shift: [4, -7] } as const;
    const [back, slow] = [backproject(fast, beams, canvas), backproject(fast, beams, canvas, true)];
    const most = back.reduce((most, value, at) => Math.max(most, Math.abs(value - slow[at])), 0);
    expect(most).toBeLessThan(0.2);
    expect(back.some((value) => Math.abs(value) > 5)).toBe(true);
  });

  test('of a disk are its chords from every side, and each lane has its own', () => {
    const image = new Float32Array(160 * 160 * 4);
    for (let at = 0; at < 160 * 160; at++) {
      const [x, y] = [((at % 160) - 79.5) * 0.5, (Math.floor(at / 160) - 79.5) * 0.5];
      if (Math.hypot(x - 5, y + 3) <= 20) image[at * 4 + 2] = 0.1;
    }
    const rays = { angles: halfTurn(9), bins: 101, pitch: 1 };
    const views = project(image, 160, 0.5, rays);
    rays.angles.forEach((angle, view) => {
      for (let bin = 0; bin < 101; bin += 5) {
        const t = bin - 50 - (5 * Math.cos(angle) - 3 * Math.sin(angle));
        const chord = Math.abs(t) < 18 ? 2 * Math.sqrt(400 - t * t) : 0;
        // Its border is a staircase of pixels.
        if (Math.abs(t) >= 18 && Math.abs(t) < 21) continue;
        expect(Math.abs(views[(view * 101 + bin) * 4 + 2] - 0.1 * chord)).toBeLessThan(0.08);
        expect(views[(view * 101 + bin) * 4]).toBe(0);
      }
    });
  });

  test('put a point back where it was', () => {
    const image = new Float32Array(size * size * 4);
    image.fill(1, (9 * size + 27) * 4, (9 * size + 27) * 4 + 4);
    const rays = { angles: halfTurn(60), bins: 81, pitch: 1 };
    const back = backproject(project(image, size, 1.5, rays), rays, { size: 80, pixel: 0.75, shift: [0, 0] });
    let [best, at] = [0, 0];
    let [weight, x, y] = [0, 0, 0];
    for (let n = 0; n < 80 * 80; n++) if (back[n * 4] > best) [best, at] = [back[n * 4], n];
    for (let n = 0; n < 80 * 80; n++) {
      const [dx, dy] = [(n % 80) - (at % 80), Math.floor(n / 80) - Math.floor(at / 80)];
      if (Math.hypot(dx, dy) > 4 || back[n * 4] < best / 2) continue;
      weight += back[n * 4];
      x += back[n * 4] * ((n % 80) - 39.5) * 0.75;
      y += back[n * 4] * (Math.floor(n / 80) - 39.5) * 0.75;
    }
    expect(Math.abs(x / weight - (27 - 19.5) * 1.5)).toBeLessThan(0.15);
    expect(Math.abs(y / weight - (9 - 19.5) * 1.5)).toBeLessThan(0.15);
  });
});
