/** PET by its physics: activity is kept, points spread as set, counts vary as they must. */
import { describe, expect, test } from 'vitest';
import { random } from '../../../src/core/random.ts';
import { noise } from '../../../src/core/simulate/chance.ts';
import { halfTurn } from '../../../src/core/simulate/projector.ts';
import { acquirePt } from '../../../src/core/simulate/pt/acquire.ts';
import { detect } from '../../../src/core/simulate/pt/detect.ts';
import { PT_PROTOCOL, type PtProtocol } from '../../../src/core/simulate/pt/protocol.ts';
import { suvFactor } from '../../../src/core/simulate/pt/settings.ts';
import { uptake } from '../../../src/core/simulate/pt/uptake.ts';
import { disk, phantom } from '../../builders/solids.ts';

const quiet: PtProtocol = {
  ...PT_PROTOCOL,
  fieldOfView: 320,
  matrix: 128,
  slices: 8,
  centre: [0, 0, 0],
  counts: Number.POSITIVE_INFINITY,
  iterations: 4,
  subsets: 12,
};
const liver = phantom([{ tissue: 'liver', centre: [0, 0, 0], radius: 80, length: 300 }]);
const middle = (protocol: PtProtocol, seed = 1) =>
  disk(acquirePt(liver, protocol, random(seed)).frames[4].values, 128, 63.5, 63.5, 20);

describe('activity', () => {
  test.each(['OSEM', 'FBP'] as const)(
    'in a large organ is its uptake within 3 percent by %s',
    (reconstruction) => {
      const suv = middle({ ...quiet, reconstruction }).mean * suvFactor(quiet);
      expect(Math.abs(suv / uptake('FDG', 'liver') - 1)).toBeLessThan(0.03);
    },
  );

  test('is kept in sum within 3 percent', () => {
    const { frames, pixelSpacing } = acquirePt(liver, quiet, random(1));
    const sum = frames[4].values.reduce((a, b) => a + b) * pixelSpacing[0] ** 2;
    const wanted = (Math.PI * 80 * 80 * uptake('FDG', 'liver')) / suvFactor(quiet);
    expect(Math.abs(sum / wanted - 1)).toBeLessThan(0.03);
  });

  test('halves after the half-life, and its SUV does not', () => {
    const later = { ...quiet, uptakeTime: quiet.uptakeTime + 6586.2 / 60 };
    expect(middle(later).mean / middle(quiet).mean).toBeCloseTo(0.5, 3);
    expect(suvFactor(later) / suvFactor(quiet)).toBeCloseTo(2, 6);
  });

  test('without attenuation correction is lost, most of all in the middle', () => {
    const { frames } = acquirePt(liver, { ...quiet, attenuationCorrection: false }, random(1));
    const at = (x: number) => disk(frames[4].values, 128, 63.5 + x, 63.5, 3).mean;
    expect(at(0)).toBeLessThan(0.4 * middle(quiet).mean);
    expect(at(0)).toBeLessThan(0.7 * at(28));
  });

  test('of each tracer goes where it belongs', () => {
    expect(uptake('FDG', 'greyMatter')).toBeGreaterThan(2 * uptake('FDG', 'whiteMatter'));
    expect(uptake('amyloid', 'whiteMatter')).toBeGreaterThan(1.3 * uptake('amyloid', 'greyMatter'));
    expect(uptake('NaF', 'trabecularBone')).toBeGreaterThan(5 * uptake('NaF', 'muscle'));
  });
});

describe('the point-spread', () => {
  test.each([
    [5, 0],
    [7, 0],
    [4, 6],
  ])('of %f mm with a filter of %f mm is as wide as both, within 10 percent', (resolution, filter) => {
    // One pixel of 1.5 mm, along z.
    const line = phantom([{ tissue: 'urine', centre: [0.75, 0.75, 0], radius: 1, length: 300 }]);
    const protocol: PtProtocol = {
      ...quiet,
      resolution,
      filter,
      fieldOfView: 192,
      iterations: 12,
      background: 0,
    };
    const { values } = acquirePt(line, protocol, random(1)).frames[4];
    const profile = new Float64Array(128);
    for (let at = 0; at < values.length; at++) profile[at % 128] += values[at];
    const peak = Math.max(...profile);
    let first = 0;
    while (profile[first] < peak / 2) first++;
    let last = 127;
    while (profile[last] < peak / 2) last--;
    const left = first - (profile[first] - peak / 2) / (profile[first] - profile[first - 1]);
    const right = last + (profile[last] - peak / 2) / (profile[last] - profile[last + 1]);
    expect(Math.abs(((right - left) * 1.5) / Math.hypot(resolution, filter) - 1)).toBeLessThan(0.1);
  });
});

describe('counts', () => {
  test('vary by as much as their mean, within 5 percent', () => {
    const size = 32;
    const activity = new Float32Array(size * size * 4).fill(4000);
    const attenuation = new Float32Array(size * size * 4).fill(0.001);
    const beams = { angles: halfTurn(48), bins: 31, pitch: 4 };
    const run = (counts: number, seed: number) =>
      detect(activity, attenuation, size, 4, beams, { ...PT_PROTOCOL, counts }, noise(random(seed)));
    const expected = run(Number.POSITIVE_INFINITY, 1).measured;
    let [squares, means] = [0, 0];
    for (let seed = 1; seed <= 6; seed++) {
      const { measured } = run(1, seed);
      measured.forEach((value, at) => {
        squares += (value - expected[at]) ** 2;
        means += expected[at];
      });
    }
    expect(Math.abs(squares / means - 1)).toBeLessThan(0.05);
  });

  test('four times as many halve the noise of the picture', () => {
    // The difference of two seeds holds noise alone.
    const rough = (counts: number) => {
      const [one, other] = [1, 2].map((seed) =>
        acquirePt(liver, { ...quiet, iterations: 2, counts }, random(seed)),
      );
      const apart = one.frames[4].values.map((value, at) => value - other.frames[4].values[at]);
      return disk(apart, 128, 63.5, 63.5, 24).deviation;
    };
    expect(Math.abs(rough(1) / rough(4) / 2 - 1)).toBeLessThan(0.15);
  });

  test('make noise that neighbours share', () => {
    const [one, other] = [1, 2].map(
      (seed) => acquirePt(liver, { ...quiet, counts: 1 }, random(seed)).frames[4].values,
    );
    let [together, alone] = [0, 0];
    for (let y = 50; y < 78; y++) {
      for (let x = 50; x < 78; x++) {
        const at = y * 128 + x;
        together += (one[at] - other[at]) * (one[at + 1] - other[at + 1]);
        alone += (one[at] - other[at]) ** 2;
      }
    }
    expect(together / alone).toBeGreaterThan(0.4);
  });
});

test('a fine matrix is filled by interpolation and keeps the place and the activity', () => {
  const off = phantom([{ tissue: 'liver', centre: [40, -20, 0], radius: 40, length: 300 }]);
  const { frames } = acquirePt(
    off,
    { ...quiet, matrix: 256, fieldOfView: 256, centre: [0, 0, 0] },
    random(1),
  );
  const inside = disk(frames[4].values, 256, 127.5 + 40, 127.5 - 20, 31).mean * suvFactor(quiet);
  expect(Math.abs(inside / uptake('FDG', 'liver') - 1)).toBeLessThan(0.05);
  expect(frames[4].values[0]).toBe(0);
});

test('the same seed gives the same series, another one another', () => {
  const series = (seed: number) => acquirePt(liver, { ...quiet, counts: 1, slices: 5 }, random(seed)).frames;
  expect(series(3)).toEqual(series(3));
  expect(series(3)[0].values).not.toEqual(series(4)[0].values);
});
