/** Whether a picture has colours. */
import { describe, expect, test } from 'vitest';
import { isColourful } from '../../../src/core/image/colourful.ts';

const PIXELS = 100;
const INTERLEAVED = { samples: 3, planar: false };

/** Greys of which some pixels are red; `samples` 4 has an alpha of 7. */
function picture(red: number, samples = 3): Uint8Array {
  return Uint8Array.from({ length: PIXELS * samples }, (_, at) => {
    const [pixel, channel] = [Math.floor(at / samples), at % samples];
    if (channel === 3) return 7;
    return pixel < red ? [200, 20, 20][channel] : pixel + 50;
  });
}

describe('a picture', () => {
  test('of greys that are stored as three channels has none', () => {
    expect(isColourful(picture(0), PIXELS, INTERLEAVED)).toBe(false);
    expect(isColourful(picture(0, 4), PIXELS, { samples: 4, planar: false })).toBe(false);
  });

  test('has some where more than a label or a colour bar is coloured', () => {
    expect(isColourful(picture(10), PIXELS, INTERLEAVED)).toBe(false);
    expect(isColourful(picture(30), PIXELS, INTERLEAVED)).toBe(true);
  });

  test('in planes is read as such', () => {
    const planes = Uint8Array.from({ length: PIXELS * 3 }, (_, at) => (at < PIXELS ? 200 : 20));
    expect(isColourful(planes, PIXELS, { samples: 3, planar: true })).toBe(true);
    expect(
      isColourful(
        Uint8Array.from(planes, () => 90),
        PIXELS,
        { samples: 3, planar: true },
      ),
    ).toBe(false);
  });

  test('of 16 bits is measured by its own brightness', () => {
    const dim = Uint16Array.from(picture(30), (value) => value * 3);
    expect(isColourful(dim, PIXELS, INTERLEAVED)).toBe(true);
  });

  test('with the tint of a photographed screen has none', () => {
    const noisy = picture(0).map((value, at) => value + (at % 3) * 7);
    expect(isColourful(noisy, PIXELS, INTERLEAVED)).toBe(false);
  });
});
