/** Bones in radiographs: as thick as geometry says, as sharp as the detector, as heavy as in voxels. */
import { describe, expect, test } from 'vitest';
import { makeBody } from '../../../src/core/simulate/body/index.ts';
import { attenuations } from '../../../src/core/simulate/material.ts';
import { makeNoise } from '../../../src/core/simulate/noise.ts';
import { makePatient } from '../../../src/core/simulate/patient.ts';
import type { RegionName } from '../../../src/core/simulate/region.ts';
import { ellipsoid } from '../../../src/core/simulate/shape/ellipsoid.ts';
import { segment } from '../../../src/core/simulate/shape/segment.ts';
import { TISSUE } from '../../../src/core/simulate/tissue.ts';
import type { Solid, Vec3 } from '../../../src/core/simulate/volume.ts';
import { attenuationTable, effectiveEnergy } from '../../../src/core/simulate/xr/attenuation.ts';
import { pathsOf } from '../../../src/core/simulate/xr/project.ts';
import { XR_PROTOCOL } from '../../../src/core/simulate/xr/protocol.ts';
import { follower, type Rays } from '../../../src/core/simulate/xr/rays.ts';
import { addSolids } from '../../../src/core/simulate/xr/solids.ts';
import { setupOf } from '../../../src/core/simulate/xr/view.ts';

const mu = attenuations(effectiveEnergy(70));
const [cortical, muscle] = [mu[TISSUE.corticalBone], mu[TISSUE.muscle]];
// So far away that rays run side by side and nothing is enlarged.
const far = { distance: 1e6, kv: 70, rows: 201, columns: 201, pitch: 0.5 };
const setup = {
  axes: [
    [1, 0, 0],
    [0, 0, -1],
    [0, -1, 0],
  ] as [Vec3, Vec3, Vec3],
  centre: [0, 0, 0] as Vec3,
  rise: 100,
  depth: 200,
};

function shadow(solids: Solid[], scale = 1): Float32Array {
  const out = new Float32Array(far.rows * far.columns);
  const box = { low: [-400, -400, -400] as Vec3, high: [400, 400, 400] as Vec3 };
  addSolids(out, { solids, origin: [0, 0, 0], scale, noise: makeNoise(1, 3), ...box }, far, setup);
  return out;
}

const ball: Solid = {
  shape: ellipsoid([0, 0, 0], [20, 20, 20]),
  wall: 1e3,
  shell: 'corticalBone',
  core: 'corticalBone',
  instead: 'muscle',
  along: [0, 0, 1],
};
const at = (values: Float32Array, x: number, y = 0) => values[(100 + 2 * y) * 201 + 100 + 2 * x];

describe('the shadow of a bone', () => {
  test('is as thick as the way of the rays within it', () => {
    const values = shadow([ball]);
    for (const [x, y] of [
      [0, 0],
      [5, 3],
      [12, -9],
      [18, 4],
      [19.5, 0],
    ]) {
      const wanted = 2 * Math.sqrt(400 - x * x - y * y);
      expect(Math.abs(at(values, x, y) / (cortical - muscle) - wanted)).toBeLessThan(0.6);
    }
    expect(at(values, 21)).toBe(0);
  });

  test('has an edge and a shell of less than a millimetre on a lattice of three', () => {
    const values = shadow([{ ...ball, wall: 1, core: 'muscle', detail: 3 }]);
    const way = (x: number) => at(values, x) / (cortical - muscle);
    // Within the shell 2 √(20² − 19²) = 12.5 mm, in the middle 2.
    expect(way(19)).toBeGreaterThan(10.5);
    expect(way(0)).toBeLessThan(2.4);
    expect(way(20.5)).toBe(0);
  });

  test('grows with the patient', () => {
    const values = shadow([ball], 1.5);
    expect(Math.abs(at(values, 0) / (cortical - muscle) - 60)).toBeLessThan(0.5);
    expect(at(values, 29)).toBeGreaterThan(0);
    expect(at(values, 31)).toBe(0);
  });

  test('has a wall as thick along the bone as its line says', () => {
    const shape = segment([0, 0, -60], [0, 0, 60], 12);
    const wall = { from: [0, 0, -40] as Vec3, to: [0, 0, 40] as Vec3, thick: [1, 5, 1] };
    const values = shadow([{ ...ball, shape, wall, core: 'muscle', detail: 1.5 }]);
    const way = (z: number) => at(values, 0, -z) / (cortical - muscle);
    expect(Math.abs(way(0) - 10)).toBeLessThan(0.4);
    expect(Math.abs(way(20) - 6)).toBeLessThan(0.4);
    expect(Math.abs(way(45) - 2)).toBeLessThan(0.4);
  });

  test('of spongy bone departs from its mean as grains do, about as much up as down', () => {
    const sponge = shadow([{ ...ball, wall: 0, core: 'trabecularBone' }]);
    const more = mu[TISSUE.trabecularBone] - muscle;
    let [sum, square, count] = [0, 0, 0];
    for (let y = -12; y <= 12; y += 0.5) {
      for (let x = -12; x <= 12; x += 0.5) {
        const departure = at(sponge, x, y) / more - 2 * Math.sqrt(400 - x * x - y * y);
        [sum, square, count] = [sum + departure, square + departure ** 2, count + 1];
      }
    }
    const deviation = Math.sqrt(square / count);
    expect(Math.abs(sum / count)).toBeLessThan(0.35 * deviation);
    expect(deviation).toBeGreaterThan(1);
    expect(deviation).toBeLessThan(8);
  });
});

test.each(['chest', 'pelvis', 'knee', 'hand'] as RegionName[])(
  'rays through the bones of a %s run as long by compiled code as plainly',
  (region) => {
    const { solids } = makeBody(region, makePatient(5)).projected!.skeleton;
    expect(solids.length).toBeGreaterThan(4);
    const plain = follower(solids, true);
    const fast = follower(solids);
    solids.forEach(({ shape: { box } }, number) => {
      const middle = [0, 1, 2].map((d) => (box.low[d] + box.high[d]) / 2);
      const rays: Rays = {
        focus: [middle[0] + 40, middle[1] - 900, middle[2]],
        middle: [middle[0], middle[1] + 100, middle[2]] as Vec3,
        right: [1, 0, 0],
        down: [0, 0, -1],
        ...{ left: -30, top: -25, pitch: 7, columns: 9, rows: 8, least: 0.8 },
        ...box,
      };
      expect(fast(number, rays)).toEqual(plain(number, rays));
    });
  },
);

test.each([
  ['abdomen', 0.3],
  ['pelvis', 0.2],
  ['knee', 0.2],
  ['hand', 0.25],
] as [RegionName, number][])(
  'the %s weighs about the same with bones followed as in voxels',
  (region, within) => {
    const patient = { ...makePatient(3), pathologies: [], posture: { lie: 'upright', arms: 'up' } as const };
    const body = makeBody(region, patient);
    const protocol = { ...XR_PROTOCOL, kv: 70, rows: 256, columns: 256, pitch: 1.8, voxels: 1_500_000 };
    const own = setupOf(body, protocol);
    const table = attenuationTable(protocol.kv);
    const sum = (values: Float32Array, pitch: number) =>
      values.reduce((total, value) => total + value, 0) * pitch * pitch;
    const { sample, skeleton } = body.projected!;
    const whole = pathsOf(body, protocol, own, table, () => {});
    const rest = pathsOf({ ...body, sample }, protocol, own, table, () => {});
    const out = new Float32Array(256 * 256);
    addSolids(out, skeleton, protocol, own);
    const missing = sum(whole.values, whole.pitch) - sum(rest.values, rest.pitch);
    expect(Math.abs(sum(out, 1.8) / missing - 1)).toBeLessThan(within);
  },
);
