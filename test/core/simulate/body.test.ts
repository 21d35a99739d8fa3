/** Bodies of simulated patients: each its own, the same at the same place, whole, on the right side and of the right size. */
import { describe, expect, test } from 'vitest';
import { makeBody } from '../../../src/core/simulate/body/index.ts';
import { makePatient, type Patient } from '../../../src/core/simulate/patient.ts';
import { gridAt } from '../../../src/core/simulate/plane.ts';
import { REGIONS, type RegionName } from '../../../src/core/simulate/region.ts';
import { TISSUE, TISSUES, type Tissue } from '../../../src/core/simulate/tissue.ts';
import type { Body, Grid, Vec3, Volume } from '../../../src/core/simulate/volume.ts';

const AXES = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const;

/** A grid with voxels of `mm` over the whole body, or over as much more as `beyond` says. */
function over({ bounds: { low, high } }: Body, mm: number, beyond = 0): Grid {
  const size = [0, 1, 2].map((a) => Math.floor((high[a] - low[a] + 2 * beyond) / mm)) as unknown as Vec3;
  const origin = [0, 1, 2].map((a) => low[a] - beyond + mm / 2) as unknown as Vec3;
  return { size, origin, axes: AXES, spacing: [mm, mm, mm] };
}

/** A healthy patient, so that no finding stands where the test looks. */
function healthy(seed: number, more: Partial<Patient> = {}): Patient {
  return { ...makePatient(seed), pathologies: [], ...more };
}

/** Volume in ml and centre of the voxels for which `is` holds. */
function measure({ grid, tissue }: Volume, is: (tissue: number, at: Vec3) => boolean) {
  const [ni, nj, nk] = grid.size;
  const sum = [0, 0, 0];
  let count = 0;
  for (let k = 0, n = 0; k < nk; k++)
    for (let j = 0; j < nj; j++)
      for (let i = 0; i < ni; i++, n++) {
        const at: Vec3 = [
          grid.origin[0] + i * grid.spacing[0],
          grid.origin[1] + j * grid.spacing[1],
          grid.origin[2] + k * grid.spacing[2],
        ];
        if (!is(tissue[n], at)) continue;
        count++;
        for (let a = 0; a < 3; a++) sum[a] += at[a];
      }
  return {
    ml: (count * grid.spacing[0] * grid.spacing[1] * grid.spacing[2]) / 1000,
    centre: sum.map((s) => s / count),
  };
}

const of = (name: Tissue) => (tissue: number) => tissue === TISSUE[name];

/** What no patient's region may lack. */
const HOLDS: Record<RegionName, readonly Tissue[]> = {
  head: [
    'fat',
    'muscle',
    'skin',
    'greyMatter',
    'whiteMatter',
    'csf',
    'sulcus',
    'corticalBone',
    'trabecularBone',
    'water',
    'air',
  ],
  neck: [
    'fat',
    'muscle',
    'skin',
    'blood',
    'thyroid',
    'gland',
    'corticalBone',
    'trabecularBone',
    'whiteMatter',
    'air',
    'lung',
  ],
  chest: [
    'lung',
    'fat',
    'muscle',
    'skin',
    'blood',
    'heart',
    'liver',
    'corticalBone',
    'trabecularBone',
    'cartilage',
    'air',
  ],
  abdomen: [
    'liver',
    'spleen',
    'kidney',
    'pancreas',
    'bowel',
    'blood',
    'fat',
    'muscle',
    'water',
    'urine',
    'corticalBone',
    'air',
    'csf',
  ],
  pelvis: [
    'corticalBone',
    'trabecularBone',
    'marrow',
    'urine',
    'bowel',
    'muscle',
    'fat',
    'blood',
    'cartilage',
  ],
  knee: ['corticalBone', 'fattyBone', 'marrow', 'cartilage', 'tendon', 'muscle', 'fat', 'skin', 'blood'],
  hand: ['corticalBone', 'fattyBone', 'marrow', 'cartilage', 'tendon', 'muscle', 'fat', 'skin'],
  breast: ['gland', 'fat', 'skin', 'muscle', 'lung', 'blood'],
};

describe('a body', () => {
  test.each(REGIONS)('of the %s holds its tissues', (region) => {
    const body = makeBody(region, healthy(3));
    const found = new Set(body.sample(over(body, region === 'hand' ? 1.5 : 3)).tissue);
    expect(HOLDS[region].filter((name) => !found.has(TISSUE[name]))).toEqual([]);
  });

  test('between paddles holds skin, fat and gland, and is as thick as it was pressed', () => {
    const body = makeBody('breast', healthy(4, { compressedMm: 52 }));
    const { tissue } = body.sample(over(body, 1.5));
    for (const name of ['skin', 'fat', 'gland', 'muscle'] as const) expect(tissue).toContain(TISSUE[name]);
    expect(body.bounds.high[2] - body.bounds.low[2]).toBe(52);
  });

  test('of one seed is the same every time', () => {
    for (const region of ['head', 'knee'] as const) {
      const [a, b] = [0, 1].map(() => {
        const body = makeBody(region, makePatient(11));
        return body.sample(over(body, 6));
      });
      expect(a).toEqual(b);
    }
  });

  test('of one seed is unlike that of any other of 50', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 50; seed++) {
      const body = makeBody('knee', makePatient(seed));
      // The same grid for all: only what stands in it differs.
      const grid: Grid = { size: [24, 24, 24], origin: [-60, -60, -90], axes: AXES, spacing: [5, 5, 8] };
      seen.add(body.sample(grid).tissue.join(''));
    }
    expect(seen.size).toBe(50);
  });

  test.each(REGIONS)('of the %s shows the same at the same place on every grid', (region) => {
    const body = makeBody(region, healthy(5));
    const whole = over(body, 4);
    const volume = body.sample(whole);
    const [ni, nj, nk] = whole.size;
    // Voxel by voxel: nothing can be stepped over.
    let differing = 0;
    let compared = 0;
    for (let k = 2; k < nk; k += 7)
      for (let j = 1; j < nj; j += 3)
        for (let i = 1; i < ni; i += 3) {
          const origin = [i, j, k].map((n, a) => whole.origin[a] + n * 4) as unknown as Vec3;
          const one = body.sample({ ...whole, size: [1, 1, 1], origin });
          compared++;
          if (one.tissue[0] !== volume.tissue[(k * nj + j) * ni + i]) differing++;
        }
    expect(compared).toBeGreaterThan(200);
    // A surface that runs through the voxel's centre may fall to either side by rounding.
    expect(differing / compared).toBeLessThan(0.002);
  });

  test('shows the same on an oblique grid as on a straight one', () => {
    const body = makeBody('chest', healthy(6));
    const [c, s] = [Math.cos(0.4), Math.sin(0.4)];
    const oblique: Grid = {
      size: [40, 30, 3],
      origin: [-80, -50, -60],
      axes: [
        [1, 0, 0],
        [0, c, s],
        [0, -s, c],
      ],
      spacing: [4, 4, 10],
    };
    const { tissue } = body.sample(oblique);
    let differing = 0;
    for (let k = 0, n = 0; k < 3; k++)
      for (let j = 0; j < 30; j++)
        for (let i = 0; i < 40; i++, n++) {
          const at: Vec3 = [-80 + 4 * i, -50 + 4 * j * c - 10 * k * s, -60 + 4 * j * s + 10 * k * c];
          const one = body.sample({ size: [1, 1, 1], origin: at, axes: AXES, spacing: [1, 1, 1] });
          if (one.tissue[0] !== tissue[n]) differing++;
        }
    expect(differing).toBeLessThan(8);
  });

  test.each(REGIONS)('of the %s lies within its bounds', (region) => {
    const body = makeBody(region, healthy(7));
    const { low, high } = body.bounds;
    const outside = measure(
      body.sample(over(body, 5, 30)),
      (tissue, at) => tissue !== TISSUE.air && at.some((v, a) => v < low[a] - 1e-6 || v > high[a] + 1e-6),
    );
    expect(outside.ml).toBe(0);
  });

  test.each(REGIONS)('of the %s has no stray pieces and no bone or organ bare to the air', (region) => {
    const body = makeBody(region, healthy(8));
    const { grid, tissue } = body.sample(over(body, 3));
    const { pieces, bare } = inspect(tissue, grid.size);
    // Ears, tip of the nose, fingers and arms may be cut off from the rest by the region's ends.
    const parts: Partial<Record<RegionName, number>> = { hand: 4, chest: 3, head: 3, neck: 4 };
    expect(pieces).toBeLessThanOrEqual(parts[region] ?? 1);
    // At 3 mm the skin over a rib's edge may be missed; the nostrils and ear canals are open.
    expect(bare).toBeLessThanOrEqual(region === 'head' || region === 'neck' ? 80 : 8);
  });

  test('gives its texture to tissue alone, about as much above the mean as below', () => {
    const body = makeBody('abdomen', healthy(9));
    const { tissue, texture } = body.sample(over(body, 3));
    let sum = 0;
    let count = 0;
    let onAir = 0;
    for (let n = 0; n < tissue.length; n++) {
      if (tissue[n] === TISSUE.air) onAir += Math.abs(texture[n]);
      else if (tissue[n] === TISSUE.liver) [sum, count] = [sum + texture[n], count + 1];
    }
    expect(onAir).toBe(0);
    expect(Math.abs(sum / count)).toBeLessThan(12);
  });
});

/** What a grid coarser than the skin may show at the surface. */
const NEAR_SKIN = new Set([
  TISSUE.skin,
  TISSUE.fat,
  TISSUE.muscle,
  TISSUE.cartilage,
  TISSUE.gland,
  TISSUE.tendon,
]);

/** Six-connected pieces of at least 30 voxels, and voxels on a side surface that belong to nothing near the skin. */
function inspect(tissue: Uint8Array, [ni, nj, nk]: Vec3): { pieces: number; bare: number } {
  const steps = [1, -1, ni, -ni, ni * nj, -ni * nj];
  const outer = new Uint8Array(tissue.length);
  const inBox = (n: number, step: number) => {
    const i = n % ni;
    const j = Math.floor(n / ni) % nj;
    if (Math.abs(step) === 1) return i + step >= 0 && i + step < ni;
    if (Math.abs(step) === ni) return j + step / ni >= 0 && j + step / ni < nj;
    return n + step >= 0 && n + step < tissue.length;
  };
  const flood = (from: number[], may: (n: number) => boolean, mark: Uint8Array) => {
    const stack = from.filter(may);
    for (const n of stack) mark[n] = 1;
    let size = 0;
    while (stack.length) {
      const n = stack.pop()!;
      size++;
      for (const step of steps) {
        const to = n + step;
        if (inBox(n, step) && !mark[to] && may(to)) {
          mark[to] = 1;
          stack.push(to);
        }
      }
    }
    return size;
  };
  // Air that the sides of the box reach without passing through the cut ends' airways.
  const rim: number[] = [];
  for (let n = 0; n < tissue.length; n++) {
    const i = n % ni;
    const j = Math.floor(n / ni) % nj;
    if (i === 0 || j === 0 || i === ni - 1 || j === nj - 1) rim.push(n);
  }
  const sides = (n: number) => tissue[n] === TISSUE.air;
  flood(rim, sides, outer);
  let bare = 0;
  for (let n = 0; n < tissue.length; n++) {
    const k = Math.floor(n / (ni * nj));
    if (tissue[n] === TISSUE.air || NEAR_SKIN.has(tissue[n]) || k < 2 || k > nk - 3) continue;
    if (steps.slice(0, 4).some((step) => inBox(n, step) && outer[n + step])) bare++;
  }
  const seen = new Uint8Array(tissue.length);
  let pieces = 0;
  for (let n = 0; n < tissue.length; n++) {
    if (
      !seen[n] &&
      tissue[n] !== TISSUE.air &&
      !outer[n] &&
      flood([n], (at) => tissue[at] !== TISSUE.air, seen) > 30
    )
      pieces++;
  }
  return { pieces, bare };
}

describe('inside the body', () => {
  const chest = makeBody('chest', healthy(2, { sex: 'M' }));
  const inChest = chest.sample(over(chest, 4));
  const abdomen = makeBody('abdomen', healthy(2, { sex: 'M' }));
  const inAbdomen = abdomen.sample(over(abdomen, 4));

  test('the heart lies on the left, the liver on the right, the spleen on the left and behind', () => {
    expect(measure(inChest, of('heart')).centre[0]).toBeGreaterThan(8);
    expect(measure(inAbdomen, of('liver')).centre[0]).toBeLessThan(-20);
    const { centre } = measure(inAbdomen, of('spleen'));
    expect(centre[0]).toBeGreaterThan(50);
    expect(centre[1]).toBeGreaterThan(10);
  });

  test('the spine stands behind, the sternum in front, the head end up', () => {
    expect(measure(inChest, of('csf')).centre[1]).toBeGreaterThan(30);
    expect(measure(inChest, of('liver')).centre[2]).toBeLessThan(measure(inChest, of('heart')).centre[2]);
  });

  // Ranges about the reference values of ICRP 89: lungs 3 to 4 l of gas and tissue, liver 1.8 (1.4) kg, brain 1.45 (1.3) kg,
  // kidneys together 310 (275) g, spleen 150 (130) g.
  test.each([1, 2, 3])('organs of seed %i have human sizes', (seed) => {
    const patient = healthy(seed);
    const whole = makeBody('chest', patient);
    const lungs = measure(whole.sample(over(whole, 4)), of('lung')).ml;
    expect(lungs).toBeGreaterThan(2000);
    expect(lungs).toBeLessThan(7000);
    const belly = makeBody('abdomen', patient);
    const volume = belly.sample(over(belly, 4));
    const liver = measure(volume, of('liver')).ml;
    expect(liver).toBeGreaterThan(900);
    expect(liver).toBeLessThan(2300);
    const kidneys = measure(volume, of('kidney')).ml;
    expect(kidneys).toBeGreaterThan(170);
    expect(kidneys).toBeLessThan(450);
    const spleen = measure(volume, of('spleen')).ml;
    expect(spleen).toBeGreaterThan(80);
    expect(spleen).toBeLessThan(400);
    const skull = makeBody('head', patient);
    const inHead = skull.sample(over(skull, 3));
    const brain = measure(
      inHead,
      (tissue) => tissue === TISSUE.greyMatter || tissue === TISSUE.whiteMatter,
    ).ml;
    expect(brain).toBeGreaterThan(1000);
    expect(brain).toBeLessThan(1700);
  });

  test('a man’s femoral heads measure 44 to 54 mm, a woman’s less (Young 2013: 50 and 44 mm)', () => {
    const width = (sex: 'F' | 'M') => {
      const body = makeBody('pelvis', healthy(2, { sex, heightMm: sex === 'M' ? 1760 : 1630 }));
      const { low, high } = body.bounds;
      const z = low[2] + (high[2] - low[2]) * ((215 - 88) / 290);
      const grid: Grid = { size: [1, 240, 1], origin: [0, -60, z], axes: AXES, spacing: [1, 0.5, 1] };
      const x = (sex === 'M' ? 88 : 88 * 1.03 * (1630 / 1760)) + 0;
      const { tissue } = body.sample({ ...grid, origin: [x, -60, z] });
      // From the first to the last voxel of bone before the ring of cartilage ends.
      const bone = [...tissue].map((t) => t === TISSUE.corticalBone || t === TISSUE.fattyBone);
      const joint = [...tissue].map((t, n) => (t === TISSUE.cartilage ? n : -1)).filter((n) => n >= 0);
      expect(bone.some(Boolean)).toBe(true);
      return (Math.max(...joint) - Math.min(...joint)) * 0.5;
    };
    expect(width('M')).toBeGreaterThan(44);
    expect(width('M')).toBeLessThan(56);
    expect(width('F')).toBeLessThan(width('M'));
  });

  test('the leg and the hand of the left side are on the left: fibula and little finger point outwards', () => {
    for (const side of ['left', 'right'] as const) {
      const sign = side === 'left' ? 1 : -1;
      const leg = makeBody('knee', healthy(10, { side }));
      const low = leg.bounds.low[2];
      const shin = measure(leg.sample(over(leg, 3)), (t, at) => t === TISSUE.marrow && at[2] < low + 30);
      expect(shin.centre[0] * sign).toBeGreaterThan(-8);
      const fist = makeBody('hand', healthy(10, { side }));
      const thumb = measure(fist.sample(over(fist, 2)), (t, at) => t === TISSUE.skin && at[1] < -24);
      expect(thumb.centre[0] * sign).toBeLessThan(0);
    }
  });

  test('brains shrink and ventricles widen with age', () => {
    const share = (age: number) => {
      const skull = makeBody('head', healthy(12, { age }));
      const volume = skull.sample(over(skull, 2.5));
      return measure(volume, of('csf')).ml / measure(volume, of('whiteMatter')).ml;
    };
    expect(share(85)).toBeGreaterThan(share(30) * 1.3);
  });
});

describe('findings', () => {
  const has = (region: RegionName, pathology: Patient['pathologies'][number], tissue: Tissue, mm = 3.5) => {
    const amount = (pathologies: Patient['pathologies']) => {
      const body = makeBody(region, { ...makePatient(21), pathologies });
      return measure(body.sample(over(body, mm)), of(tissue)).ml;
    };
    return amount([pathology]) - amount([]);
  };
  test('show as what they are', () => {
    expect(has('chest', 'nodule', 'lesion')).toBeGreaterThan(0.3);
    expect(has('chest', 'effusion', 'water')).toBeGreaterThan(50);
    expect(has('knee', 'prosthesis', 'metal')).toBeGreaterThan(20);
    expect(has('pelvis', 'prosthesis', 'metal')).toBeGreaterThan(20);
    expect(has('abdomen', 'lesion', 'lesion')).toBeGreaterThan(0.5);
    expect(has('knee', 'fracture', 'blood', 2)).toBeGreaterThan(0.3);
  });
});

test('patients of 200 seeds are all different and adult', () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 200; seed++) {
    const { sex, age, heightMm, weightKg, side, pathologies } = makePatient(seed);
    seen.add(JSON.stringify([sex, age, heightMm, weightKg, side, pathologies]));
    expect(age).toBeGreaterThanOrEqual(20);
    expect(weightKg / (heightMm / 1000) ** 2).toBeGreaterThan(16);
  }
  expect(seen.size).toBe(200);
  expect(TISSUES.length).toBeLessThan(256);
});

test('a neck is not the same on both sides', () => {
  const body = makeBody('neck', healthy(7));
  const { bounds } = body;
  const wide = Math.max(-bounds.low[0], bounds.high[0]);
  const size = [120, 90, 8] as const;
  const grid = gridAt([0, 10, 0], AXES, size, [(2 * wide) / 120, 1.6, 12]);
  const { tissue } = body.sample(grid);
  let [apart, inside] = [0, 0];
  tissue.forEach((found, at) => {
    const row = at - (at % 120);
    if (found !== TISSUE.muscle && found !== TISSUE.fat) return;
    inside++;
    if (tissue[row + 119 - (at % 120)] !== found) apart++;
  });
  expect(inside).toBeGreaterThan(5000);
  expect(apart / inside).toBeGreaterThan(0.1);
  expect(apart / inside).toBeLessThan(0.4);
});
