/** What archives do to pictures: a window that is kept alone, brains without skull and face, sites of several looks. */
import { describe, expect, test } from 'vitest';
import type { Acquired } from '../../../src/core/simulate/acquired.ts';
import { brainAlone } from '../../../src/core/simulate/body/alone.ts';
import { makeBody } from '../../../src/core/simulate/body/index.ts';
import { DEFAULT_CHOICES } from '../../../src/core/simulate/choices.ts';
import { makePatient } from '../../../src/core/simulate/patient.ts';
import { planPractice } from '../../../src/core/simulate/plan.ts';
import { AXES, gridAt, middle } from '../../../src/core/simulate/plane.ts';
import { CT } from '../../../src/core/simulate/site/habit.ts';
import { SITES } from '../../../src/core/simulate/site/index.ts';
import type { CtHabit, Kept } from '../../../src/core/simulate/site/site.ts';
import { OUTSIDE, storeCt } from '../../../src/core/simulate/store.ts';
import { TISSUE, TISSUES } from '../../../src/core/simulate/tissue.ts';

describe('the numbers that a site keeps of CT', () => {
  const habit: CtHabit = { ...CT, regions: ['chest'], bits: 16, signed: true, intercept: 0, padding: -2000 };
  const series: Acquired = {
    modality: 'CT',
    rows: 1,
    columns: 6,
    pixelSpacing: [1, 1],
    orientation: [
      [1, 0, 0],
      [0, 1, 0],
    ],
    sliceThickness: 5,
    frames: [{ values: Float32Array.of(OUTSIDE, -1300, -500, 40, 900, 9000), position: [0, 0, 0] }],
    settings: { ConvolutionKernel: 'STANDARD' },
  };
  const stored = (kept: Kept, head = false) => [
    ...storeCt(series, habit, head, false, kept).slices[0].values,
  ];

  test('are those of a scanner', () => {
    expect(stored('all')).toEqual([-2000, -1024, -500, 40, 900, 3071]);
  });

  test('are those of the window that the part is read in, where a site keeps no others', () => {
    expect(stored('window')).toEqual([-2000, -160, -160, 40, 240, 240]);
    expect(stored('window', true)).toEqual([-2000, -5, -5, 40, 75, 75]);
  });

  test('are none below water’s, where a tool took them for unsigned', () => {
    expect(stored('positive')).toEqual([-2000, 0, 0, 40, 450, 450]);
  });
});

describe('a brain alone', () => {
  const whole = makeBody('head', makePatient(3));
  const brain = brainAlone(whole);
  const grid = gridAt(middle(whole), AXES.axial, [60, 60, 40], [4, 4, 6]);
  const [before, after] = [whole.sample(grid).tissue, brain.sample(grid).tissue];

  test('has no skull, skin or fat, and all of the brain', () => {
    const left = new Set([...after].map((tissue) => TISSUES[tissue]));
    for (const tissue of left)
      expect(['air', 'greyMatter', 'whiteMatter', 'csf', 'sulcus', 'lesion']).toContain(tissue);
    const count = (of: Uint8Array) => of.filter((tissue) => tissue === TISSUE.greyMatter).length;
    expect(count(after)).toBe(count(before));
    expect(count(after)).toBeGreaterThan(500);
  });

  test('fills a smaller box, which holds it', () => {
    for (const d of [0, 1]) {
      expect(brain.bounds.low[d]).toBeGreaterThan(whole.bounds.low[d]);
      expect(brain.bounds.high[d]).toBeLessThan(whole.bounds.high[d]);
    }
    const inside = gridAt(middle(brain), AXES.axial, [60, 60, 1], [2.5, 2.5, 5]);
    expect(brain.sample(inside).tissue.filter((tissue) => tissue !== 0).length).toBeGreaterThan(600);
  });
});

describe('the patients of a site', () => {
  test('are seen in every way that the site has, one after the other, as far as they go', () => {
    for (const { folder, ct, pt } of SITES) {
      const { series } = planPractice({ ...DEFAULT_CHOICES, sites: [folder] });
      for (const [modality, variants] of [
        ['CT', ct?.variants],
        ['PT', pt?.variants],
      ] as const) {
        if (!variants) continue;
        const seen = series.filter((one) => one.modality === modality && !one.scout);
        const patients = new Set(seen.map(({ patient }) => patient)).size;
        expect(new Set(seen.map(({ variant }) => variant)).size, folder).toBe(
          Math.min(patients, variants.length),
        );
      }
    }
  });

  test('bring CT in whole ranges and in part, and whole and cut bodies in CT and PET', () => {
    const kept = new Set(SITES.flatMap(({ ct }) => ct?.variants.map((one) => one.kept ?? 'all') ?? []));
    expect([...kept].sort()).toEqual(['all', 'positive', 'window']);
    const near = (variants: readonly { fieldOfView?: number | null }[] = []) =>
      variants.some(({ fieldOfView }) => fieldOfView && fieldOfView < 300);
    expect(SITES.filter(({ ct }) => near(ct?.variants)).length).toBeGreaterThanOrEqual(2);
    expect(SITES.filter(({ pt }) => near(pt?.variants)).length).toBeGreaterThanOrEqual(3);
  });
});
