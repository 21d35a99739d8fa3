/** Pictures to look at before anything is made, and the knobs that change them. */
import { describe, expect, test, vi } from 'vitest';
import type { SimulatedModality } from '../../../src/core/simulate/acquired.ts';
import { bodyOf, type GlimpseOrder, glimpse } from '../../../src/core/simulate/glimpse.ts';
import { changesOf, knobsOf } from '../../../src/core/simulate/knobs.ts';
import type { RegionName } from '../../../src/core/simulate/region.ts';
import { remember } from '../../../src/core/simulate/remember.ts';
import { createPracticeService } from '../../../src/core/simulate/service.ts';
import type { Body } from '../../../src/core/simulate/volume.ts';

/** Body parts in which every knob of the modality has something to change. */
const SHOWN: readonly (readonly [SimulatedModality, RegionName])[] = [
  ['CT', 'abdomen'],
  ['MR', 'head'],
  ['PT', 'chest'],
  ['XR', 'knee'],
  ['XR', 'breast'],
];
const order = (
  modality: SimulatedModality,
  region: RegionName,
  settings: GlimpseOrder['settings'] = {},
): GlimpseOrder => ({ modality, region, patientSeed: 11, settings });

/** Median difference of neighbours along a row, in the middle of the picture: noise is everywhere, borders are not. */
function grain(pixels: Uint8Array): number {
  const steps: number[] = [];
  for (let y = 92; y < 132; y++)
    for (let x = 92; x < 132; x++) steps.push(Math.abs(pixels[y * 224 + x + 1] - pixels[y * 224 + x]));
  return steps.sort((a, b) => a - b)[800];
}

describe.each(SHOWN)('%s of a %s', (modality, region) => {
  const body = bodyOf(order(modality, region));
  const usual = glimpse(order(modality, region), body);

  test('is what a network would get of it: 224 × 224 bytes from 0 to 255, and how its values are spread', () => {
    expect(usual.pixels).toHaveLength(224 * 224);
    expect([Math.min(...usual.pixels), Math.max(...usual.pixels)]).toEqual([0, 255]);
    expect(usual.histogram!.pixels).toBe(usual.rows * usual.columns);
    expect(usual.histogram!.high).toBeGreaterThan(usual.histogram!.low);
  });

  test('is the same for the same order, another one for another patient', async () => {
    const again = await createPracticeService().glimpse(order(modality, region));
    expect(again).toEqual(usual);
    const other = await createPracticeService().glimpse({ ...order(modality, region), patientSeed: 12 });
    expect(other.pixels).not.toEqual(usual.pixels);
  });

  test.each(knobsOf(modality, region).map((knob) => [knob.label, knob] as const))(
    'changes with %s, whatever its stop',
    (_, knob) => {
      const stops = knob.stops.filter(({ value }) => value !== knob.usual);
      expect(stops).toHaveLength(knob.stops.length - 1);
      for (const { value } of stops.length > 3 ? [stops[0], stops[stops.length - 1]] : stops) {
        const turned = glimpse(order(modality, region, { [knob.key]: value }), body);
        expect(turned.pixels, `${knob.key} at ${value}`).not.toEqual(usual.pixels);
      }
    },
  );
});

test.each([
  ['CT', 'head', 'mas', 320, 1],
  ['MR', 'head', 'noise', 0, 8],
  ['XR', 'knee', 'noise', 0, 16],
] as const)('%s of a %s grows grainier with %s from %d to %d', (modality, region, key, quiet, loud) => {
  const body = bodyOf(order(modality, region));
  const at = (value: number) => grain(glimpse(order(modality, region, { [key]: value }), body).pixels);
  expect(at(loud)).toBeGreaterThan(1.5 * at(quiet));
});

test('one service serves one body after the other: a radiograph is not taken of one who lies', async () => {
  const service = createPracticeService();
  await service.glimpse(order('CT', 'chest'));
  const upright = await service.glimpse(order('XR', 'chest'));
  expect(upright).toEqual(glimpse(order('XR', 'chest')));
});

test('an unknown knob, and a stop that is not offered, change nothing', () => {
  expect(changesOf('CT', 'chest', { mas: 7, colour: 'red' })).toEqual({});
  expect(changesOf('CT', 'chest', { mas: 160, kernel: 'bone' })).toEqual({ kernel: 'bone' });
});

test('a breast is taken with a machine of its own', () => {
  expect(knobsOf('XR', 'breast').map(({ key }) => key)).not.toContain('view');
  expect(glimpse(order('XR', 'breast')).pixel).toBeLessThan(glimpse(order('XR', 'chest')).pixel);
});

test('a setting that moves nothing asks the body nothing again, and gives the same as a new service', async () => {
  for (const [modality, region, knob, value] of [
    ['XR', 'chest', 'scatter', 8],
    ['CT', 'abdomen', 'mas', 20],
  ] as const) {
    const [first, second] = [
      order(modality, region),
      { ...order(modality, region), settings: { [knob]: value } },
    ];
    const asked = vi.fn();
    const body = bodyOf(first);
    const counted =
      (sample: Body['sample']): Body['sample'] =>
      (grid, tick) => {
        asked();
        return sample(grid, tick);
      };
    const { projected } = body;
    const kept = remember({
      ...body,
      sample: counted(body.sample),
      ...(projected ? { projected: { ...projected, sample: counted(projected.sample) } } : {}),
    });
    glimpse(first, kept);
    const times = asked.mock.calls.length;
    expect(times).toBeGreaterThan(0);
    const turned = glimpse(second, kept);
    expect(asked).toHaveBeenCalledTimes(times);
    expect(turned).toEqual(await createPracticeService().glimpse(second));
    expect(turned.pixels).not.toEqual(glimpse(first, kept).pixels);
  }
});
