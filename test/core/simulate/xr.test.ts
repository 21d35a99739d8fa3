/** Radiographs by their physics: Beer and Lambert, magnification, scatter, noise, what the collimator and a letter hide. */
import { describe, expect, test } from 'vitest';
import { random } from '../../../src/core/random.ts';
import { makeBody } from '../../../src/core/simulate/body/index.ts';
import { attenuations } from '../../../src/core/simulate/material.ts';
import { makePatient } from '../../../src/core/simulate/patient.ts';
import { TISSUE } from '../../../src/core/simulate/tissue.ts';
import { acquireXr, openKerma, photonsOf } from '../../../src/core/simulate/xr/acquire.ts';
import { effectiveEnergy } from '../../../src/core/simulate/xr/attenuation.ts';
import { display, LOOK, sigmoid } from '../../../src/core/simulate/xr/display.ts';
import { MG_PROTOCOL, XR_PROTOCOL, type XrProtocol } from '../../../src/core/simulate/xr/protocol.ts';
import { disk, phantom, type Shape } from '../../builders/solids.ts';

const clean: XrProtocol = {
  ...XR_PROTOCOL,
  view: 'AP',
  rows: 256,
  columns: 256,
  pitch: 1.2,
  centre: [0, 0, 0],
  distance: 100_000,
  scatter: 0,
  noise: 0,
  heel: 0,
  blur: 0,
  marker: null,
  voxels: 400_000,
};
const plate = (x: number, thick: number): Shape => ({
  tissue: 'water',
  centre: [x, 0, 0],
  radius: 0,
  box: [50, thick, 200],
});
const wedge = phantom([plate(-75, 40), plate(-25, 80), plate(25, 120), plate(75, 160)]);
const at = (values: Float32Array, x: number, y = 0, radius = 8) =>
  disk(values, 256, 127.5 + x / 1.2, 127.5 + y / 1.2, radius / 1.2);
const take = (body: ReturnType<typeof phantom>, protocol: Partial<XrProtocol>, seed = 1) =>
  acquireXr(body, { ...clean, ...protocol }, random(seed)).frames[0].values;

test.each([60, 90, 120])('a step wedge follows Beer and Lambert within 2 percent at %i kV', (kv) => {
  const values = take(wedge, { kv });
  const mu = attenuations(effectiveEnergy(kv))[TISSUE.water];
  const open = openKerma({ ...clean, kv });
  [40, 80, 120, 160].forEach((thick, n) => {
    const wanted = open * Math.exp(-mu * thick);
    expect(Math.abs(at(values, n * 50 - 75).mean / wanted - 1)).toBeLessThan(0.02);
  });
});

test('scatter adds to what passes, and a grid holds most of it back', () => {
  const behind = (scatter: number, grid: boolean) => at(take(wedge, { scatter, grid }), 75, 0, 5).mean;
  const none = behind(0, false);
  expect(behind(1, false)).toBeGreaterThan(1.4 * none);
  const kept = (behind(1, true) - none) / (behind(1, false) - none);
  expect(Math.abs(kept - 1 / 6)).toBeLessThan(0.01);
});

test('noise falls with the root of the dose and is that of the photons counted', () => {
  const relative = (mas: number) => {
    const { mean, deviation } = at(take(phantom([plate(0, 100)]), { noise: 1, mas }), 0, 0, 20);
    return { relative: deviation / mean, mean };
  };
  const low = relative(5000);
  expect(Math.abs(low.relative / relative(20_000).relative / 2 - 1)).toBeLessThan(0.06);
  const photons = photonsOf(clean) * low.mean;
  expect(Math.abs(low.relative * Math.sqrt(photons) - 1)).toBeLessThan(0.08);
});

test('what is nearer the focus is larger', () => {
  const rod = (y: number): Shape[] => [
    { tissue: 'water', centre: [0, 0, 0], radius: 0, box: [200, 200, 200] },
    { tissue: 'metal', centre: [0, y, 0], radius: 15 },
  ];
  const shadow = (y: number) => {
    const values = take(phantom(rod(y)), { distance: 1000, voxels: 1_500_000 });
    const open = at(values, 60).mean;
    return values.filter((value) => value < 0.5 * open).length;
  };
  // AP: the focus is in front; the middle of the balls lies 65 and 185 mm from the detector.
  const areas = shadow(-60) / shadow(60);
  expect(Math.abs(Math.sqrt(areas) / (935 / 815) - 1)).toBeLessThan(0.05);
});

test.each([
  ['AP', 1, 0],
  ['PA', 1, 0],
  ['LATERAL', 0, 1],
] as const)('%s shows left or back where they belong', (view, left, back) => {
  const body = phantom([
    { tissue: 'water', centre: [0, 0, 0], radius: 0, box: [200, 200, 200] },
    { tissue: 'metal', centre: [left * 60, back * 60, 50], radius: 12 },
  ]);
  const values = take(body, { view });
  expect(at(values, 60, -50, 4).mean).toBeLessThan(0.3 * at(values, -60, -50, 4).mean);
  expect(at(values, 60, -50, 4).mean).toBeLessThan(0.3 * at(values, 60, 50, 4).mean);
});

test('the collimator leaves only its opening, turned as set', () => {
  const values = take(phantom([plate(0, 100)]), { collimation: [0.5, 0.7], collimatorAngle: 10 });
  const open = openKerma(clean);
  expect(at(values, 60, 0, 3).mean).toBeGreaterThan(0.9 * open);
  expect(at(values, 100, 0, 3).mean).toBeLessThan(0.01 * open);
  // Turned: the right edge lies further out below than above, or the other way round.
  expect(Math.abs(at(values, 77, 80, 3).mean - at(values, 77, -80, 3).mean)).toBeGreaterThan(0.5 * open);
});

test('the heel makes one end of the beam weaker', () => {
  const values = take(phantom([plate(0, 20)]), { heel: 0.3 });
  expect(at(values, 100, 100).mean / at(values, 100, -100).mean).toBeLessThan(0.85);
});

test('a lead letter stands on the side it names', () => {
  const body = phantom([plate(0, 20)]);
  const dark = (marker: 'L' | 'R' | null, from: number) => {
    const values = take(body, { marker });
    const open = openKerma(clean);
    return values.filter((value, n) => value < 0.3 * open && n % 256 >= from && n % 256 < from + 100).length;
  };
  expect(dark('R', 0)).toBeGreaterThan(15);
  expect(dark('R', 156)).toBe(0);
  expect(dark('L', 156)).toBeGreaterThan(15);
  expect(dark(null, 0)).toBe(0);
});

test('low energy parts gland from fat, as high energy hardly does', () => {
  const contrast = (kv: number) => {
    const body = phantom([
      { tissue: 'fat', centre: [0, 0, 0], radius: 0, box: [100, 100, 40] },
      { tissue: 'gland', centre: [0, 0, 0], radius: 12 },
    ]);
    const values = take(body, { view: 'CC', kv, voxels: 800_000 });
    return at(values, 30, 0, 4).mean / at(values, 0, 0, 4).mean - 1;
  };
  expect(contrast(28)).toBeGreaterThan(6 * contrast(100));
});

test('a mammogram has the chest wall at the edge that its side asks for', () => {
  const body = phantom([{ tissue: 'gland', centre: [0, 0, 0], radius: 40, length: 50 }], 'breast');
  for (const marker of ['L', 'R'] as const) {
    const { frames, columns, rows } = acquireXr(
      body,
      { ...MG_PROTOCOL, rows: 256, columns: 208, pitch: 0.96, marker, noise: 0 },
      random(1),
    );
    const edge = (x: number) => disk(frames[0].values, columns, x, rows / 2, 3).mean;
    const [wall, other] = marker === 'L' ? [6, columns - 7] : [columns - 7, 6];
    expect(edge(wall)).toBeLessThan(0.6 * edge(other));
  }
});

test('an aslant mammogram shows the muscle of the chest at the wall, below the armpit', () => {
  for (const marker of ['L', 'R'] as const) {
    const woman = { ...makePatient(16), sex: 'F' as const, compressedMm: 50, paddle: 'MLO' as const };
    const body = makeBody('breast', { ...woman, side: marker === 'L' ? 'left' : 'right' });
    const protocol = { ...MG_PROTOCOL, rows: 256, columns: 208, pitch: 0.96, marker, noise: 0 };
    const { frames, columns, rows, settings, orientation } = acquireXr(
      body,
      { ...protocol, view: 'MLO' },
      random(1),
    );
    const mean = (x: number, y: number) => disk(frames[0].values, columns, x, y, 4).mean;
    const wall = marker === 'L' ? 8 : columns - 9;
    const away = marker === 'L' ? 70 : columns - 71;
    expect(mean(wall, 20)).toBeLessThan(0.7 * mean(away, 20));
    expect(mean(wall, 20)).toBeLessThan(0.7 * mean(wall, rows - 30));
    expect(settings.ViewPosition).toBe('MLO');
    // Down the columns, to the feet and to the middle of the body.
    expect(orientation[1][2]).toBeLessThan(0);
    expect(Math.sign(orientation[1][0])).toBe(marker === 'L' ? -1 : 1);
  }
});

describe('the display', () => {
  const values = take(wedge, { noise: 1 });

  test.each(['linear', 'sigmoid'] as const)(
    'in MONOCHROME1 is the complement of MONOCHROME2, %s',
    (curve) => {
      const two = display(values, 256, 256, { ...LOOK, curve, photometric: 'MONOCHROME2' });
      const one = display(values, 256, 256, { ...LOOK, curve, photometric: 'MONOCHROME1' });
      expect(one.every((value, n) => value === 4095 - two[n])).toBe(true);
    },
  );

  test('is black where nothing stood in the beam, beside thick tissue and far from it', () => {
    const shown = Float32Array.from(display(values, 256, 256, { ...LOOK, equalization: 0.6 }));
    expect(at(shown, 75, 125).mean).toBeLessThan(12);
    expect(at(shown, -130, 0).mean).toBeLessThan(12);
  });

  test('keeps what the patient lets through best above black by the headroom', () => {
    const least = (headroom: number) => {
      const shown = display(values, 256, 256, { ...LOOK, curve: 'linear', equalization: 0, headroom });
      return at(Float32Array.from(shown), -75).mean / 4095;
    };
    // The thinnest step stands `headroom` of the range above black.
    expect(least(0)).toBeLessThan(0.06);
    expect(least(0.4)).toBeGreaterThan(0.2);
  });

  test('shows thicker brighter in MONOCHROME2', () => {
    const shown = display(values, 256, 256, { ...LOOK, equalization: 0 });
    const steps = [-75, -25, 25, 75].map((x) => at(Float32Array.from(shown), x).mean);
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
  });

  test('of a straight line makes equal steps of equal thickness', () => {
    const shown = display(take(wedge, {}), 256, 256, {
      ...LOOK,
      curve: 'linear',
      equalization: 0,
      sharpening: 0,
    });
    const [a, b, c, d] = [-75, -25, 25, 75].map((x) => at(Float32Array.from(shown), x).mean);
    expect(Math.abs((c - b) / (d - c) - 1)).toBeLessThan(0.05);
    expect(a).toBeLessThan(b);
  });

  test('of the S is steepest in the middle and reaches both ends', () => {
    expect(sigmoid(1.4)(0)).toBe(0);
    expect(sigmoid(1.4)(1)).toBe(1);
    expect(sigmoid(1.4)(0.5)).toBeCloseTo(0.5, 6);
    expect(sigmoid(1.4)(0.55) - sigmoid(1.4)(0.45)).toBeGreaterThan(0.12);
  });
});

test('the same seed gives the same picture, another one another', () => {
  const noisy = { noise: 1, marker: 'R' as const };
  expect(take(wedge, noisy, 3)).toEqual(take(wedge, noisy, 3));
  expect(take(wedge, noisy, 3)).not.toEqual(take(wedge, noisy, 4));
});
