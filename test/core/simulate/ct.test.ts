/** CT by its physics: what stands in a phantom is measured in HU, with the noise and the sharpness of the protocol. */
import { describe, expect, test } from 'vitest';
import { random } from '../../../src/core/random.ts';
import { acquireCt, hardened } from '../../../src/core/simulate/ct/acquire.ts';
import { attenuationTable, hounsfield } from '../../../src/core/simulate/ct/attenuation.ts';
import { CT_PROTOCOL, type CtProtocol, SCOUT_PROTOCOL } from '../../../src/core/simulate/ct/protocol.ts';
import { acquireScout } from '../../../src/core/simulate/ct/scout.ts';
import { TISSUE, type Tissue } from '../../../src/core/simulate/tissue.ts';
import { disk, phantom, type Shape } from '../../builders/solids.ts';

const water: Shape = { tissue: 'water', centre: [0, 0, 0], radius: 100, length: 100 };
const insert = (tissue: Tissue, x: number, y: number): Shape => ({
  tissue,
  centre: [x, y, 0],
  radius: 16,
  length: 100,
});
const base: CtProtocol = { ...CT_PROTOCOL, slices: 4, fieldOfView: 230, matrix: 192, mas: 4000 };

/** Mean and deviation within `radius` mm around a place, over all slices. */
function at(body: ReturnType<typeof phantom>, protocol: CtProtocol, places: [number, number][], radius = 11) {
  const { frames, columns, pixelSpacing } = acquireCt(body, protocol, random(11));
  const pixel = pixelSpacing[0];
  const half = (columns - 1) / 2;
  return places.map(([x, y]) => {
    const found = frames.map(({ values }) =>
      disk(values, columns, half + x / pixel, half + y / pixel, radius / pixel),
    );
    return {
      mean: found.reduce((sum, { mean }) => sum + mean, 0) / found.length,
      deviation: Math.sqrt(found.reduce((sum, { deviation }) => sum + deviation ** 2, 0) / found.length),
    };
  });
}

describe('water', () => {
  for (const kv of [80, 100, 120, 140] as const) {
    test.each(['soft', 'standard', 'bone'] as const)(
      `has 0 ± 5 HU at ${kv} kV with the %s kernel`,
      (kernel) => {
        const [middle, edge] = at(phantom([water]), { ...base, kv, kernel }, [
          [0, 0],
          [-62, 40],
        ]);
        expect(Math.abs(middle.mean)).toBeLessThan(5);
        expect(Math.abs(edge.mean)).toBeLessThan(5);
      },
    );
  }
});

describe('inserts', () => {
  const tissues: Tissue[] = ['fat', 'liver', 'corticalBone', 'lung', 'trabecularBone'];
  const places = tissues.map((_, n): [number, number] => {
    const turn = (2 * Math.PI * n) / tissues.length;
    return [60 * Math.cos(turn), 60 * Math.sin(turn)];
  });
  const body = phantom([water, ...tissues.map((tissue, n) => insert(tissue, ...places[n]))]);

  test.each([80, 120] as const)('are within 3 percent of their attenuation at %i kV', (kv) => {
    const table = attenuationTable(kv, 'none');
    const found = at(body, { ...base, kv }, places);
    tissues.forEach((tissue, n) => {
      const wanted = hounsfield(table[TISSUE[tissue] * 256 + 128], kv);
      // 3 % of the attenuation, which is 1 at 0 HU.
      expect(Math.abs(found[n].mean - wanted) / (1000 + wanted)).toBeLessThan(0.03);
    });
  });

  test('keep their places where the field of view is smaller than the patient and off his middle', () => {
    const [x, y] = places[2];
    const small = { ...base, fieldOfView: 100, matrix: 128, centre: [x, y, 0] as const };
    const [bone, beside] = at(body, small, [
      [0, 0],
      [-x * 0.7, -y * 0.7],
    ]);
    expect(bone.mean).toBeGreaterThan(1200);
    expect(Math.abs(beside.mean)).toBeLessThan(30);
  });
});

test('iodine is brighter at low kV, and arteries fill before veins', () => {
  const hu = (kv: 80 | 140, phase: 'arterial' | 'delayed') =>
    hounsfield(attenuationTable(kv, phase)[TISSUE.blood * 256 + 128], kv);
  expect(hu(80, 'arterial')).toBeGreaterThan(1.4 * hu(140, 'arterial'));
  expect(hu(140, 'arterial')).toBeGreaterThan(1.5 * hu(140, 'delayed'));
});

describe('noise', () => {
  test('falls with the root of the dose', () => {
    // The difference of two seeds holds noise alone.
    const [low, high] = [100, 400].map((mas) => {
      const [first, second] = [1, 2].map((seed) =>
        acquireCt(phantom([water]), { ...base, mas }, random(seed)).frames.map(({ values }) => values),
      );
      const apart = first.map((values, n) => values.map((value, at) => value - second[n][at]));
      return apart.reduce((sum, values) => sum + disk(values, 192, 96, 96, 60).deviation, 0);
    });
    expect(Math.abs(low / high / 2 - 1)).toBeLessThan(0.05);
  });

  test('is about 10 HU in 30 cm of water at 120 kV, 200 mAs, 5 mm and the standard kernel', () => {
    const big = phantom([{ ...water, radius: 150 }]);
    const [middle] = at(big, { ...base, mas: 200, fieldOfView: 320, matrix: 256 }, [[0, 0]], 25);
    expect(middle.deviation).toBeGreaterThan(7);
    expect(middle.deviation).toBeLessThan(15);
  });
});

test('bone resolves more than standard, and standard more than soft', () => {
  // Transfer at 4 line pairs a centimetre: bars of 1.25 mm.
  const bars: Shape[] = Array.from({ length: 17 }, (_, n) => ({
    tissue: 'muscle',
    centre: [(n - 8) * 2.5, 0, 0],
    radius: 0,
    box: [1.25, 40, 100],
  }));
  const body = phantom([{ ...water, radius: 60 }, ...bars]);
  const [soft, standard, bone] = (['soft', 'standard', 'bone'] as const).map((kernel) => {
    const sharp = { ...base, kernel, fieldOfView: 130, matrix: 256, mas: 1e6 };
    const { frames } = acquireCt(body, sharp, random(1));
    const pixel = 130 / 256;
    let [re, im] = [0, 0];
    for (let x = -20; x < 20; x++) {
      for (let y = -10; y < 10; y++) {
        const value = frames[0].values[(128 + y) * 256 + 128 + x];
        re += value * Math.cos((2 * Math.PI * x * pixel) / 2.5);
        im += value * Math.sin((2 * Math.PI * x * pixel) / 2.5);
      }
    }
    return Math.hypot(re, im);
  });
  expect(standard).toBeGreaterThan(1.1 * soft);
  expect(bone).toBeGreaterThan(1.3 * standard);
});

describe('metal', () => {
  test('hardens the beam: a little loses 0.02 p², and behind much of it the slope is that at 100 keV', () => {
    for (const p of [0.2, 0.5, 1])
      expect(Math.abs((p - hardened(p)) / (0.02 * p * p) - 1)).toBeLessThan(0.25);
    expect(hardened(24) - hardened(20)).toBeCloseTo(4 * 0.5, 2);
    for (let p = 0; p < 60; p++) expect(hardened(p + 1)).toBeGreaterThan(hardened(p) + 0.49);
  });

  const rods = (radius: number, apart: number, wide: number) =>
    phantom([
      { ...water, radius: wide },
      { ...insert('metal', -apart, 0), radius },
      { ...insert('metal', apart, 0), radius },
    ]);

  test('throws a dark band between two rods', () => {
    const quiet = { ...base, mas: 400 };
    const [between, away] = at(rods(8, 50, 100), quiet, [
      [0, 0],
      [0, 75],
    ]);
    expect(between.mean).toBeLessThan(away.mean - 50);
  });

  test('as thick as two hips leaves a band and keeps what is beside it without a sun of rays', () => {
    const hips = { ...base, mas: 200, fieldOfView: 360, matrix: 256, kernel: 'soft' } as const;
    const [between, above, beside] = at(
      rods(14, 90, 160),
      hips,
      [
        [0, 0],
        [0, 80],
        [-90, 50],
      ],
      14,
    );
    expect(between.mean).toBeLessThan(-200);
    expect(between.mean).toBeGreaterThan(-700);
    expect(Math.abs(above.mean)).toBeLessThan(15);
    expect(above.deviation).toBeLessThan(70);
    expect(beside.deviation).toBeLessThan(100);
  });
});

test('outside the circle that is measured stands the padding, or air', () => {
  const corner = (padding: number | null) =>
    acquireCt(phantom([water]), { ...base, scanField: 230, padding }, random(1)).frames[0].values[0];
  expect(corner(-2000)).toBe(-2000);
  expect(corner(null)).toBeCloseTo(-1000, 3);
});

test('the gantry tilts the slices and the couch moves along z all the same', () => {
  const tilted = acquireCt(phantom([water]), { ...base, tilt: 20, slices: 5 }, random(1));
  const angle = (20 * Math.PI) / 180;
  expect(tilted.orientation[1][1]).toBeCloseTo(Math.cos(angle), 6);
  expect(tilted.orientation[1][2]).toBeCloseTo(-Math.sin(angle), 6);
  const [first, second] = tilted.frames.map(({ position }) => position);
  expect(second[0] - first[0]).toBeCloseTo(0, 6);
  expect(second[1] - first[1]).toBeCloseTo(0, 6);
  expect(second[2] - first[2]).toBeCloseTo(5, 6);
});

test.each(['flat', 'curved'] as const)(
  'the %s couch lies behind the patient, a shell around foam',
  (couch) => {
    const { frames, columns, pixelSpacing } = acquireCt(
      phantom([water]),
      { ...base, couch, fieldOfView: 320, matrix: 256 },
      random(1),
    );
    // Down from 1.5 cm behind the middle.
    const line = (from: number, to: number) =>
      Array.from({ length: Math.floor((to - from) / pixelSpacing[0]) }, (_, n) => {
        const y = Math.round((columns - 1) / 2 + from / pixelSpacing[0] + n);
        return frames[0].values[y * columns + (columns >> 1)];
      });
    const below = line(101, 155);
    const shell = below.filter((value) => value > -500).length * pixelSpacing[0];
    const foam = below.filter((value) => value > -975 && value < -850).length * pixelSpacing[0];
    expect(shell).toBeGreaterThan(3);
    expect(shell).toBeLessThan(12);
    expect(foam).toBeGreaterThan(10);
    expect(Math.max(...line(-150, -110))).toBeLessThan(-950);
  },
);

test('the same seed gives the same series, another one another', () => {
  const series = (seed: number) => acquireCt(phantom([water]), { ...base, matrix: 64 }, random(seed)).frames;
  expect(series(5)).toEqual(series(5));
  expect(series(5)[0].values).not.toEqual(series(6)[0].values);
});

test('progress grows to 1, and throwing from it ends the acquisition', () => {
  const shares: number[] = [];
  acquireCt(phantom([water]), { ...base, matrix: 64, slices: 6 }, random(1), (share) => shares.push(share));
  expect(shares.at(-1)).toBe(1);
  expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  expect(() =>
    acquireCt(phantom([water]), { ...base, matrix: 64 }, random(1), () => {
      throw new RangeError('enough');
    }),
  ).toThrow('enough');
});

test('a localizer shows the patient along z, darker where less is in the beam', () => {
  const body = phantom([
    { ...water, length: 300 },
    { ...insert('lung', 0, 0), radius: 40, length: 100 },
  ]);
  const scout = acquireScout(body, { ...SCOUT_PROTOCOL, matrix: 128, couch: 'none' }, random(1));
  const value = (x: number, y: number) => disk(scout.frames[0].values, 128, x, y, 4).mean;
  expect(scout.orientation[1]).toEqual([0, 0, -1]);
  expect(value(64, 64)).toBeLessThan(value(64, 20) - 200);
  expect(value(2, 64)).toBeLessThan(-950);
});
