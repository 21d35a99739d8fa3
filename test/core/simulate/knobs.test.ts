/** What the description of a knob says is what the picture does. */
import { expect, test } from 'vitest';
import type { SimulatedModality } from '../../../src/core/simulate/acquired.ts';
import { attenuationTable, hounsfield } from '../../../src/core/simulate/ct/attenuation.ts';
import { bodyOf, type Glimpse, type GlimpseOrder, glimpse } from '../../../src/core/simulate/glimpse.ts';
import { attenuations } from '../../../src/core/simulate/material.ts';
import { uptake } from '../../../src/core/simulate/pt/uptake.ts';
import type { RegionName } from '../../../src/core/simulate/region.ts';
import { TISSUE, type Tissue } from '../../../src/core/simulate/tissue.ts';
import { effectiveEnergy } from '../../../src/core/simulate/xr/attenuation.ts';

/** The picture of each setting, all of one body. */
function pictures(modality: SimulatedModality, region: RegionName, settings: GlimpseOrder['settings'][]) {
  const order = { modality, region, patientSeed: 11, settings: {} };
  const body = bodyOf(order);
  return settings.map((one) => glimpse({ ...order, settings: one }, body));
}

/** The mean of `value` in a square. */
function mean(from: number, to: number, value: (at: number) => number): number {
  let sum = 0;
  for (let y = from; y < to; y++) for (let x = from; x < to; x++) sum += value(y * 224 + x);
  return sum / (to - from) ** 2;
}

/** Mean difference of neighbours along a row, in the middle of the picture, in the units of its values. */
function grain({ pixels, histogram }: Glimpse): number {
  const unit = (histogram!.high - histogram!.low) / 255;
  return unit * mean(92, 132, (at) => Math.abs(pixels[at + 1] - pixels[at]));
}

const corner = ({ pixels }: Glimpse) => mean(2, 22, (at) => pixels[at]);

test('sharper kernels, thin slices and few kilovolts cost noise', () => {
  const [soft, bone, thin, thick, low, high] = pictures('CT', 'head', [
    { kernel: 'soft' },
    { kernel: 'bone' },
    { thickness: 1 },
    { thickness: 10 },
    { kv: '80' },
    { kv: '140' },
  ]).map(grain);
  expect(bone).toBeGreaterThan(1.2 * soft);
  expect(thin).toBeGreaterThan(1.2 * thick);
  expect(low).toBeGreaterThan(1.1 * high);
});

test('fewer lines of an MR picture make it blur', () => {
  const [few, many] = pictures('MR', 'head', [{ lines: 48 }, { lines: 256 }]).map(grain);
  expect(many).toBeGreaterThan(1.2 * few);
});

test('filtered back-projection draws streaks into the air, OSEM none', () => {
  const [filtered, iterated] = pictures('PT', 'chest', [{ reconstruction: 'FBP' }, {}]).map((picture) => {
    const level = corner(picture);
    return mean(2, 22, (at) => Math.abs(picture.pixels[at] - level));
  });
  expect(filtered).toBeGreaterThan(1);
  expect(iterated).toBeLessThan(0.5);
});

test('shutters leave a bright border', () => {
  const [open, closed] = pictures('XR', 'knee', [{ collimation: 100 }, { collimation: 55 }]).map(corner);
  expect(closed).toBeGreaterThan(open + 100);
});

test('fewer kilovolts set bone off from tissue', () => {
  const ratio = (kv: number) => {
    const of = attenuations(effectiveEnergy(kv));
    return of[TISSUE.corticalBone] / of[TISSUE.muscle];
  };
  expect(ratio(45)).toBeGreaterThan(1.2 * ratio(75));
  expect(ratio(75)).toBeGreaterThan(1.1 * ratio(125));
});

test('iodine is in arteries first, in veins and liver then, in urine later', () => {
  const hu = (phase: 'arterial' | 'portal' | 'delayed', tissue: Tissue) =>
    hounsfield(attenuationTable(120, phase)[TISSUE[tissue] * 256 + 128], 120);
  const order = (tissue: Tissue) =>
    (['arterial', 'portal', 'delayed'] as const).toSorted((a, b) => hu(b, tissue) - hu(a, tissue))[0];
  expect(order('blood')).toBe('arterial');
  expect(order('liver')).toBe('portal');
  expect(order('urine')).toBe('delayed');
});

test('each tracer goes where its description says', () => {
  for (const tissue of ['greyMatter', 'heart', 'lesion'] as const)
    expect(uptake('FDG', tissue)).toBeGreaterThan(4 * uptake('FDG', 'muscle'));
  expect(uptake('NaF', 'trabecularBone')).toBeGreaterThan(4 * uptake('NaF', 'muscle'));
  for (const tissue of ['liver', 'whiteMatter'] as const)
    expect(uptake('amyloid', tissue)).toBeGreaterThan(1.5 * uptake('amyloid', 'greyMatter'));
});
