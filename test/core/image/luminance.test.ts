/** Colour to gray with OpenCV's weights and rounding. */
import { expect, test } from 'vitest';
import { channel, luminance } from '../../../src/core/image/luminance.ts';

test('8 and 16 bit are rounded as COLOR_RGB2GRAY does', () => {
  // cv2.cvtColor of these four pixels.
  const rgb = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 200, 30);
  expect(luminance(rgb, 4, { samples: 3, planar: false })).toEqual(Uint8Array.of(76, 150, 29, 124));
  const wide = Uint16Array.of(65_535, 65_535, 65_535, 1000, 2000, 3000);
  expect(luminance(wide, 2, { samples: 3, planar: false })).toEqual(Uint16Array.of(65_535, 1815));
});

test('planes and a fourth sample make no difference', () => {
  const layouts = [
    { values: Uint8Array.of(9, 200, 3, 7, 60, 90), layout: { samples: 3, planar: true } },
    { values: Uint8Array.of(9, 3, 60, 200, 7, 90), layout: { samples: 3, planar: false } },
    { values: Uint8Array.of(9, 3, 60, 255, 200, 7, 90, 0), layout: { samples: 4, planar: false } },
  ];
  for (const { values, layout } of layouts)
    expect(luminance(values, 2, layout)).toEqual(Uint8Array.of(11, 74));
});

test('other numbers keep their fractions', () => {
  const gray = luminance(Float32Array.of(1, 0.5, 0.25), 1, { samples: 3, planar: false });
  expect(gray[0]).toBeCloseTo(0.299 + 0.2935 + 0.0285, 9);
});

test('a single channel is picked out of many', () => {
  expect(channel(Uint8Array.of(1, 2, 3, 4, 5, 6), 2, 1, 3)).toEqual(Uint8Array.of(2, 5));
});
