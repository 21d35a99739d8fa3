/** Tubes in radiographs: the way of a ray through them is that of geometry, and it is what their voxels would give. */
import { describe, expect, test } from 'vitest';
import { makeBody } from '../../../src/core/simulate/body/index.ts';
import { attenuations } from '../../../src/core/simulate/material.ts';
import { makePatient } from '../../../src/core/simulate/patient.ts';
import { TISSUE } from '../../../src/core/simulate/tissue.ts';
import type { Tube, Vec3 } from '../../../src/core/simulate/volume.ts';
import { attenuationTable, effectiveEnergy } from '../../../src/core/simulate/xr/attenuation.ts';
import { pathsOf } from '../../../src/core/simulate/xr/project.ts';
import { XR_PROTOCOL } from '../../../src/core/simulate/xr/protocol.ts';
import { addSolids } from '../../../src/core/simulate/xr/solids.ts';
import { tubePaths } from '../../../src/core/simulate/xr/tubes.ts';
import { type Setup, setupOf } from '../../../src/core/simulate/xr/view.ts';

const KV = 100;
const detector = { ...XR_PROTOCOL, kv: KV, distance: 1e6, rows: 101, columns: 101, pitch: 0.5 };
// Seen from the front, with the detector through the origin.
const setup: Setup = {
  axes: [
    [1, 0, 0],
    [0, 0, -1],
    [0, -1, 0],
  ],
  centre: [0, 0, 0],
  rise: 0,
  depth: 100,
};
const tube = (points: Vec3[], part: Partial<Tube> = {}): Tube => ({
  points,
  radii: points.map(() => [6, 6]),
  across: [0, 1, 0.1],
  walls: points.map(() => 0),
  shell: 'corticalBone',
  core: 'corticalBone',
  instead: 'air',
  ...part,
});
const mu = (tissue: keyof typeof TISSUE) => attenuations(effectiveEnergy(KV))[TISSUE[tissue]];
const bone = mu('corticalBone') - mu('air');
/** mm of bone at a place of the detector. */
const length = (tubes: Tube[], x: number, y = 0) =>
  tubePaths(tubes, detector, setup)[(50 + y * 2) * 101 + 50 + x * 2] / bone;

describe('a ray', () => {
  test.each([0, 2, 4, 5.5])('%d mm beside the middle of a rod runs a chord of its circle', (x) => {
    const rod = tube([
      [0, 0, -40],
      [0, 0, 40],
    ]);
    expect(length([rod], x)).toBeCloseTo(2 * Math.sqrt(36 - x * x), 2);
    expect(length([rod], x + 6.5)).toBe(0);
  });

  test('runs longer through a rod that leans towards it, and as long as an ellipse is deep', () => {
    const leaning = tube([
      [0, -40, -40],
      [0, 40, 40],
    ]);
    expect(length([leaning], 0)).toBeCloseTo(12 * Math.SQRT2, 2);
    const oval = tube(
      [
        [0, 0, -40],
        [0, 0, 40],
      ],
      {
        radii: [
          [9, 3],
          [9, 3],
        ],
        across: [0, 1, 0],
      },
    );
    expect(length([oval], 0)).toBeCloseTo(18, 2);
  });

  test('meets both walls and the core of a hollow tube', () => {
    const hollow = tube(
      [
        [-40, 0, 0],
        [40, 0, 0],
      ],
      { walls: [2, 2], core: 'air' },
    );
    expect(length([hollow], 0)).toBeCloseTo(4, 2);
    // Where it only grazes the core's side there is more wall.
    expect(length([hollow], 0, 4)).toBeCloseTo(2 * Math.sqrt(36 - 16), 2);
  });

  test('meets a bent tube once where its pieces join', () => {
    const bent = tube([
      [-40, 0, 0],
      [0, 0, 0],
      [30, 20, 0],
    ]);
    const steps = Array.from({ length: 40 }, (_, n) => length([bent], n / 2 - 10));
    // From one diameter to the longer way through the leaning piece, without gap or overlap.
    for (const step of steps) {
      expect(step).toBeGreaterThan(11.9);
      expect(step).toBeLessThan(12 / Math.cos(Math.atan2(20, 30)) + 0.1);
    }
  });

  test('meets a tube at its own width between wide and narrow ends', () => {
    const cone = tube(
      [
        [0, 0, -40],
        [0, 0, 40],
      ],
      {
        radii: [
          [2, 2],
          [10, 10],
        ],
      },
    );
    // The detector's y runs to the feet.
    expect(length([cone], 0, -20)).toBeCloseTo(16, 1);
    expect(length([cone], 0, 20)).toBeCloseTo(8, 1);
  });
});

test('a chest weighs the same with ribs and vessels as tubes and bones followed as with all in its voxels', () => {
  const patient = { ...makePatient(3), pathologies: [], posture: { lie: 'upright', arms: 'down' } as const };
  const body = makeBody('chest', patient);
  const protocol = { ...XR_PROTOCOL, rows: 128, columns: 128, pitch: 3.4, voxels: 3_000_000 };
  const own = setupOf(body, protocol);
  const table = attenuationTable(protocol.kv);
  const sum = (values: Float32Array, pitch: number) =>
    values.reduce((total, value) => total + value, 0) * pitch * pitch;
  const projected = body.projected!;
  const whole = pathsOf(body, protocol, own, table, () => {});
  const rest = pathsOf({ ...body, sample: projected.sample }, protocol, own, table, () => {});
  const tubes = sum(
    tubePaths(projected.tubes, { ...protocol, rows: 512, columns: 512, pitch: 0.85 }, own),
    0.85,
  );
  const bones = new Float32Array(512 * 512);
  const near = { ...protocol, rows: 512, columns: 512, pitch: 0.85 };
  addSolids(bones, projected.skeleton, near, own);
  const missing = sum(whole.values, whole.pitch) - sum(rest.values, rest.pitch);
  expect(tubes).toBeGreaterThan(0);
  // In voxels what is painted later hides parts of them, as the spine does the ends of the ribs.
  expect(Math.abs((tubes + sum(bones, 0.85)) / missing - 1)).toBeLessThan(0.25);
});

test.each(['chest', 'breast'] as const)(
  'the tubes of a %s are the same to the bit, compiled and plain',
  (region) => {
    const body = makeBody(region, makePatient(4));
    const protocol = { ...XR_PROTOCOL, rows: 200, columns: 220, pitch: 1.7 };
    const { tubes } = body.projected!;
    for (const view of ['PA', 'LATERAL'] as const) {
      const seen = { ...protocol, view };
      const own = setupOf(body, seen);
      const compiled = tubePaths(tubes, seen, own);
      const plain = tubePaths(tubes, seen, own, true);
      expect(compiled.some((value) => value > 0)).toBe(true);
      expect(compiled.filter((value, at) => value !== plain[at])).toHaveLength(0);
    }
  },
);
