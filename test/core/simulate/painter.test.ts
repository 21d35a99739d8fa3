/** The painter gives the same tissues, to the bit, compiled and plain: for each kind of shape and for whole bodies. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { compartments } from '../../../src/core/simulate/body/compartments.ts';
import { makeBody } from '../../../src/core/simulate/body/index.ts';
import { makeNoise } from '../../../src/core/simulate/noise.ts';
import { by, byRim, fill, layers, numbered, only, type Paint } from '../../../src/core/simulate/paint.ts';
import { makePainter } from '../../../src/core/simulate/painter.ts';
import { makePatient, type Patient } from '../../../src/core/simulate/patient.ts';
import { REGIONS, type RegionName } from '../../../src/core/simulate/region.ts';
import { lobes, seams, sheets } from '../../../src/core/simulate/rule.ts';
import * as combine from '../../../src/core/simulate/shape/combine.ts';
import { cushion } from '../../../src/core/simulate/shape/cushion.ts';
import { block, drum, ellipsoid } from '../../../src/core/simulate/shape/ellipsoid.ts';
import { polar } from '../../../src/core/simulate/shape/polar.ts';
import { flat, segment } from '../../../src/core/simulate/shape/segment.ts';
import type { Shape } from '../../../src/core/simulate/shape/shape.ts';
import { wedge } from '../../../src/core/simulate/shape/wedge.ts';
import { TISSUE } from '../../../src/core/simulate/tissue.ts';
import type { Body, Grid, Vec3 } from '../../../src/core/simulate/volume.ts';

const GRID: Grid = {
  size: [48, 40, 30],
  origin: [-34, -40, -31],
  axes: [
    [0.8, 0.6, 0],
    [-0.6, 0.8, 0],
    [0, 0, 1],
  ],
  spacing: [1.3, 1.7, 2.1],
};
const LOW: Vec3 = [-60, -60, -60];
const HIGH: Vec3 = [60, 60, 60];

function painted(paints: Paint[], plain: boolean): Uint8Array {
  const out = new Uint8Array(48 * 40 * 30);
  makePainter(paints, plain)(GRID, out, LOW, HIGH);
  return out;
}

const noise = makeNoise(5, 2);
const ball = ellipsoid([3, -2, 1], [21, 14, 17]);
const box = block([-6, 4, -3], [15, 12, 19]);
const rod = segment([-20, 0, -20], [18, 9, 22], 6, 3);
/** Its distance is asked. */
const asked: Shape = { box: box.box, slope: 1, at: (x, y, z) => Math.hypot(x + 6, y - 4, z + 3) - 11 };

const SHAPES: Record<string, Shape> = {
  ellipsoid: ball,
  block: box,
  drum: drum([2, 1, 0], [17, 12, 15]),
  segment: rod,
  flat: flat([-15, -8, -18], [12, 10, 17], [1, 0.3, 0], [9, 5], [4, 3]),
  polar: polar({
    low: -25,
    high: 22,
    centre: (z) => [z * 0.1, 2],
    radius: (z, cos, sin) => 14 + 3 * cos + 2 * sin * cos + z * 0.12,
  }),
  cushion: cushion({ wide: 20, deep: 16, t: 9, armpit: -1 }),
  everywhere: combine.everywhere({ low: [-12, -9, -20], high: [14, 20, 11] }),
  half: combine.meet(ball, combine.half([0, 0, 0], [0.3, -0.8, 0.5])),
  union: combine.union(ball, rod, box),
  blend: combine.blend(ball, rod, 7),
  meet: combine.meet(ball, box),
  soften: combine.soften(ball, box, 6),
  without: combine.without(ball, rod),
  grow: combine.grow(rod, 2.5),
  place: combine.place(
    box,
    [4, -5, 6],
    [
      [0.6, 0, 0.8],
      [0, 1, 0],
      [-0.8, 0, 0.6],
    ],
  ),
  rough: combine.rough(ball, noise, 6, 3),
  raised: combine.raised(ball, 6),
  wedge: wedge({ up: -1, tip: -22, high: 30, reach: 20, thick: 14, t: 18, deep: 26 }),
  asked,
  'one asked among others': combine.without(ball, asked),
};

describe('a shape painted in bands', () => {
  test.each(Object.keys(SHAPES))('%s', (name) => {
    const paints = [
      layers(SHAPES[name], [
        [0, 'skin'],
        [1.5, null],
        [3, 'muscle'],
        [5, 'liver'],
      ]),
    ];
    const compiled = painted(paints, false);
    expect(compiled).toEqual(painted(paints, true));
    expect(compiled.filter((tissue) => tissue !== TISSUE.air).length).toBeGreaterThan(200);
    expect(compiled.filter((tissue) => tissue === TISSUE.air).length).toBeGreaterThan(1000);
  });
});

describe('over what another paint left', () => {
  const first = [fill(ball, 'muscle'), fill(rod, 'fat')];
  const bellies = [0, 1, 2].map((n) => ({
    muscle: n,
    line: [-25, 20].map((z) => [z, 8 * n - 9, 4 * n - 5, 6] as const),
  }));
  const paints: Record<string, Paint> = {
    'bands keep to their tissues': fill(box, 'liver', only('fat')),
    'a rule is asked for each voxel': by(
      box,
      (x, y, z, depth) => (x + y + z + depth > 0 ? 5 : -1),
      only('muscle'),
    ),
    'a rule without a depth is asked in steps': by(box, (x, y) => (x > y ? TISSUE.spleen : -1)),
    'a rule is asked near the surface only': byRim(ball, 3, (_x, y) => (y > 0 ? TISSUE.kidney : -1)),
    'muscles are divided': compartments({
      ...{ shape: ball, bellies, noise, gap: 0.8, limit: 9, low: -22, high: 18 },
    }),
    'sheets run through it': numbered(
      ball,
      sheets({ noise, cells: [0.3, 0.2, 0.1], shift: [20, 7], width: 0.1, tissue: TISSUE.fat }),
      only('muscle'),
    ),
    'seams come and go in its depth': numbered(ball, seams(noise, 0.2, TISSUE.fat), only('muscle')),
    'lobes radiate in it': numbered(
      ball,
      lobes({
        ...{ noise, nipple: [2, -12, 0], middle: [1, 5], radii: [20, 16], least: 0.6, tissue: TISSUE.gland },
      }),
      only('muscle'),
    ),
  };
  test.each(Object.keys(paints))('%s', (name) => {
    const all = [...first, paints[name]];
    const compiled = painted(all, false);
    expect(compiled).toEqual(painted(all, true));
    expect(compiled).not.toEqual(painted(first, true));
  });
});

test.each([false, true])(
  'slices that lean, as a tilted gantry takes them, lack nothing (plain: %s)',
  (plain) => {
    const leaning: Grid = {
      ...GRID,
      axes: [
        [1, 0, 0],
        [0, 0.94, -0.34],
        [0, 0, 1],
      ],
      spacing: [1.5, 1.5, 2.5],
    };
    const out = new Uint8Array(48 * 40 * 30);
    const small = ellipsoid([3, 12, 5], [8, 5, 4]);
    makePainter([fill(small, 'liver')], plain)(leaning, out, LOW, HIGH);
    const place = (n: number, a: 0 | 1 | 2) =>
      leaning.origin[a] +
      [n % 48, Math.floor(n / 48) % 40, Math.floor(n / 1920)].reduce(
        (sum, step, b) => sum + step * leaning.spacing[b] * leaning.axes[b][a],
        0,
      );
    const wanted = out.map((_, n) =>
      small.at(place(n, 0), place(n, 1), place(n, 2)) <= 0 ? TISSUE.liver : 0,
    );
    expect(wanted.filter(Boolean).length).toBeGreaterThan(80);
    expect(out).toEqual(wanted);
  },
);

test('a painter whose numbers gave way to those of another copies them again', () => {
  const [one, other] = [[fill(ball, 'liver')], [fill(box, 'fat'), fill(rod, 'muscle')]];
  const [paintOne, paintOther] = [makePainter(one), makePainter(other)];
  for (const [paint, paints] of [
    [paintOne, one],
    [paintOther, other],
    [paintOne, one],
  ] as const) {
    const out = new Uint8Array(48 * 40 * 30);
    paint(GRID, out, LOW, HIGH);
    expect(out).toEqual(painted([...paints], true));
  }
});

describe('a whole body', () => {
  let plain: { makeBody: typeof makeBody };
  beforeAll(async () => {
    vi.resetModules();
    vi.doMock(import('../../../src/core/simulate/kernel.ts'), async (original) => ({
      ...(await original()),
      kernel: () => null,
    }));
    plain = await import('../../../src/core/simulate/body/index.ts');
  });
  afterAll(() => vi.doUnmock('../../../src/core/simulate/kernel.ts'));

  /** Coarse, and a little aslant. */
  function everyTissue({ bounds: { low, high }, sample, projected }: Body): Uint8Array[] {
    const size: Vec3 = [40, 40, 40];
    const spacing = [0, 1, 2].map((a) => (high[a] - low[a]) / 40) as unknown as Vec3;
    const grid: Grid = {
      size,
      origin: low,
      axes: [
        [0.995, 0.0998, 0],
        [-0.0998, 0.995, 0],
        [0, 0, 1],
      ],
      spacing,
    };
    return [sample, projected?.sample ?? sample].map((ask) => ask(grid).tissue);
  }

  type Case = { name: string; region: RegionName; patient: Patient };
  const CASES = REGIONS.flatMap((region): Case[] => {
    const patient: Patient = {
      ...makePatient(12),
      age: 74,
      pathologies: ['nodule', 'effusion', 'fracture', 'lesion', 'prosthesis', 'stone'],
    };
    if (region !== 'breast') return [{ name: region, region, patient }];
    const aslant: Patient = { ...patient, compressedMm: 50, paddle: 'MLO' };
    return [
      { name: 'breast', region, patient },
      { name: 'compressed breast', region, patient: aslant },
    ];
  });
  test.each(CASES)('of the $name', ({ region, patient }) => {
    const [all, seen] = everyTissue(makeBody(region, patient));
    const [plainAll, plainSeen] = everyTissue(plain.makeBody(region, patient));
    expect(all).toEqual(plainAll);
    expect(seen).toEqual(plainSeen);
    expect(new Set(all).size).toBeGreaterThan(4);
  });
});
