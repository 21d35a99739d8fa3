/** From a 16-bit slice to bytes: windows, framing, placement, grey levels, and the same draw again. */
import { describe, expect, test } from 'vitest';
import { createCanvas } from '../../../src/core/augment/canvas.ts';
import { contentBox } from '../../../src/core/augment/content.ts';
import { normalise } from '../../../src/core/augment/normalise.ts';
import { drawPlacement, place, placementOf, WHOLE } from '../../../src/core/augment/place.ts';
import { createPainter, type Recipe, type Source } from '../../../src/core/augment/recipe.ts';
import { drawTones, fullWindow, TONES, writeTones } from '../../../src/core/augment/tone.ts';
import { random } from '../../../src/core/random.ts';

const RECIPE: Recipe = {
  tone: { hounsfieldChance: 0.5, window: { chance: 0.5, low: 0.2, high: 0.4 }, gamma: 2 },
  place: {
    zoom: { low: 0.7, high: 1.1 },
    aspect: 1.3,
    shift: 0.1,
    rotation: 15,
    quarterChance: 0.5,
    flipChance: 0.5,
  },
  steps: [{ kind: 'noise', chance: 0.5, sigma: 0.05 }],
};
const STILL: Recipe['place'] = {
  zoom: { low: 1, high: 1 },
  aspect: 1,
  shift: 0,
  rotation: 0,
  quarterChance: 0,
  flipChance: 0,
};
/** Levels are −1,024 to 3,071 HU. */
const CT = { low: -1024, step: 4095 / 65535 };

const levelsOf = (side: number, share: (x: number, y: number) => number) =>
  Uint16Array.from({ length: side * side }, (_, i) =>
    Math.round(65535 * share(i % side, Math.floor(i / side))),
  );
const slope = (side: number): Source => ({
  levels: levelsOf(side, (x, y) => (x + y) / (2 * side - 2)),
  offset: 0,
  side,
  ...CT,
  isHounsfield: true,
  box: WHOLE,
});

describe('tones', () => {
  const at = (table: Float32Array, hu: number) => table[Math.round((hu - CT.low) / CT.step) >> 4];

  test('of a brain window are black below 0 HU, white above 80 HU and grey between', () => {
    const table = new Float32Array(TONES);
    writeTones(table, CT, { low: 0, high: 80 });
    expect([at(table, -100), at(table, 200)]).toEqual([0, 1]);
    expect(at(table, 40)).toBeCloseTo(0.5, 1);
  });

  test('of 16 bits hold dozens of grey levels in a brain window', () => {
    const table = new Float32Array(TONES);
    writeTones(table, CT, { low: 0, high: 80 });
    expect(new Set(table).size).toBeGreaterThan(70);
  });

  test('use one of the usual windows only for Hounsfield units', () => {
    const widths = (isHounsfield: boolean) =>
      Array.from({ length: 40 }, (_, seed) => {
        const table = new Float32Array(TONES);
        const recipe = { hounsfieldChance: 1, window: { chance: 0, low: 0, high: 0 }, gamma: 1 };
        drawTones(table, { ...CT, isHounsfield }, recipe, random(seed));
        return table.filter((value) => value > 0 && value < 1).length;
      });
    expect(Math.min(...widths(true))).toBeLessThan(130);
    expect(Math.max(...widths(true))).toBeGreaterThan(1000);
    expect(Math.min(...widths(false))).toBeGreaterThan(4000);
  });

  test('of the full window reach from black to white', () => {
    const table = new Float32Array(TONES);
    writeTones(table, CT, fullWindow(CT));
    expect([table[0], table[TONES - 1]]).toEqual([0, 1]);
  });
});

describe('placing', () => {
  const tones = new Float32Array(TONES);
  writeTones(tones, { low: 0, step: 1 }, { low: 0, high: 65535 });
  const { levels } = slope(8);
  const placed = (recipe: Partial<Recipe['place']>, seed = 1) => {
    const canvas = createCanvas(8);
    place(canvas, levels, 0, 8, tones, drawPlacement(WHOLE, { ...STILL, ...recipe }, random(seed)));
    return canvas.pixels;
  };

  test('a slice of the canvas’ size copies it', () => {
    const canvas = createCanvas(8);
    place(canvas, levels, 0, 8, tones, placementOf(WHOLE));
    canvas.pixels.forEach((value, i) => {
      expect(value).toBeCloseTo(levels[i] / 65535, 2);
    });
    expect(placed({})).toEqual(canvas.pixels);
  });

  test('mirrors left to right', () => {
    const mirrored = placed({ flipChance: 1 });
    expect(mirrored[0]).toBeCloseTo(levels[7] / 65535, 2);
    expect(mirrored[7]).toBeCloseTo(levels[0] / 65535, 2);
  });

  test('turns by quarters: the dark corner comes to every corner', () => {
    const corners = new Set<number>();
    for (let seed = 0; seed < 30; seed++) {
      const turned = placed({ quarterChance: 1 }, seed);
      corners.add([0, 7, 56, 63].findIndex((corner) => turned[corner] < 0.05));
    }
    expect(corners).toEqual(new Set([0, 1, 2, 3]));
  });

  test('a stretch makes one axis longer and the other shorter', () => {
    const stretched = Array.from({ length: 20 }, (_, seed) =>
      drawPlacement(WHOLE, { ...STILL, aspect: 2 }, random(seed)),
    );
    for (const { xx, yy } of stretched) expect(xx * yy).toBeCloseTo(1);
    expect(Math.max(...stretched.map(({ xx }) => xx))).toBeGreaterThan(1.2);
  });

  test('a zoom of one half shows the middle half', () => {
    const zoomed = placed({ zoom: { low: 0.5, high: 0.5 } });
    expect(Math.min(...zoomed)).toBeGreaterThan(0.2);
    expect(Math.max(...zoomed)).toBeLessThan(0.8);
  });
});

describe('grey levels', () => {
  const greys = (grey: 'minMax' | 'percentiles' | 'equalised', level: (i: number) => number) => {
    const canvas = createCanvas(32);
    for (let i = 0; i < 1024; i++) canvas.pixels[i] = level(i);
    normalise(canvas, grey);
    return canvas.pixels;
  };

  test('by min-max reach from 0 to 1', () => {
    const pixels = greys('minMax', (i) => 3 + i);
    expect([pixels[0], pixels[1023]]).toEqual([0, 1]);
  });

  test('by percentiles ignore a single bright pixel', () => {
    const withSpike = (i: number) => (i === 500 ? 50 : i / 1024);
    expect(greys('minMax', withSpike)[1023]).toBeLessThan(0.03);
    expect(greys('percentiles', withSpike)[1023]).toBeGreaterThan(0.9);
  });

  test('equalised are ranks, the background black', () => {
    const pixels = greys('equalised', (i) => (i < 512 ? 0 : 0.2 + (i - 512) ** 4));
    expect(pixels[0]).toBe(0);
    expect(pixels[1023]).toBeGreaterThan(0.95);
  });

  test('of a constant picture are black', () => {
    expect(greys('minMax', () => 0.4).every((value) => value === 0)).toBe(true);
  });
});

describe('the box of the content', () => {
  test('surrounds what differs from the border', () => {
    const levels = levelsOf(64, (x, y) => (x >= 20 && x < 44 && y >= 30 && y < 50 ? 0.8 : 0));
    const box = contentBox(levels, 0, 64);
    expect(box.x).toBeCloseTo(0.5, 1);
    expect(box.y).toBeCloseTo(40 / 64, 1);
    expect(box.halfWidth).toBeCloseTo(0.54 * (24 / 64), 5);
  });

  test('is measured from the commonest level of the border', () => {
    const isContent = (x: number, y: number) => x >= 20 && x < 44 && y >= 30 && y < 50;
    const levels = levelsOf(64, (x, y) => (isContent(x, y) || (x === 32 && y === 0) ? 0.1 : 0.9));
    const box = contentBox(levels, 0, 64);
    expect(box.halfHeight).toBeLessThan(0.5);
  });

  test('is the whole slice where nothing differs', () => {
    expect(
      contentBox(
        levelsOf(64, () => 0),
        0,
        64,
      ),
    ).toEqual(WHOLE);
  });
});

describe('a painter', () => {
  const paint = (recipe: Recipe | null, position: number) => {
    const target = new Uint8Array(32 * 32);
    createPainter(32, 'minMax', recipe).changed(slope(48), target, 0, { seed: 1, epoch: 2, position });
    return target;
  };

  test('gives the same bytes for the same draw, others for another', () => {
    expect(paint(RECIPE, 7)).toEqual(paint(RECIPE, 7));
    expect(paint(RECIPE, 7)).not.toEqual(paint(RECIPE, 8));
  });

  test('shows the slice it was given, changed a little', () => {
    const still: Recipe = {
      tone: { ...RECIPE.tone, window: { chance: 0, low: 0, high: 0 } },
      place: STILL,
      steps: [],
    };
    const gentle = paint({ ...still, tone: { ...still.tone, hounsfieldChance: 0, gamma: 1.2 } }, 3);
    const plain = paint(null, 3);
    expect(gentle).not.toEqual(plain);
    for (let i = 0; i < plain.length; i++) expect(Math.abs(gentle[i] - plain[i])).toBeLessThan(30);
  });

  test('without a recipe makes what is predicted', () => {
    const target = new Uint8Array(32 * 32);
    createPainter(32, 'minMax', RECIPE).plain(slope(48), target, 0);
    expect(paint(null, 7)).toEqual(target);
    expect([target[0], target.at(-1)]).toEqual([0, 255]);
  });
});
