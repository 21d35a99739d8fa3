/** Pictures of made-up volumes: soft organs that change slowly from slice to slice, and noise of each slice's own. */
import { hash32, random } from '../../src/core/random.ts';
import { SLICE_SIDE as SIDE, SLICE_BYTES } from '../../src/core/types.ts';
import { stretched } from './copies.ts';

/** Slice `at` of the volume of one body. */
export function bodySlice(body: number, at = 0): Uint8Array {
  const draw = random(body, 1);
  const organs = Array.from({ length: 14 }, () => ({
    x: draw.between(50, 174),
    y: draw.between(50, 174),
    dx: draw.between(-2, 2),
    dy: draw.between(-2, 2),
    width: draw.between(6, 30),
    height: draw.between(6, 30),
    value: draw.between(-60, 110),
  }));
  const pixels = new Float32Array(SLICE_BYTES);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const inside = ((x - 112) / 92) ** 2 + ((y - 112) / 78) ** 2 < 1;
      let value = inside ? 90 : 4;
      for (const { x: cx, y: cy, dx, dy, width, height, value: more } of inside ? organs : []) {
        if (((x - cx - dx * at) / width) ** 2 + ((y - cy - dy * at) / height) ** 2 < 1) value += more;
      }
      const grain = hash32(body, 100 + at, y * SIDE + x) / 2 ** 32 - 0.5;
      pixels[y * SIDE + x] = value + grain * (inside ? 24 : 4);
    }
  return stretched(Uint8Array.from(pixels, (value) => Math.min(255, Math.max(0, Math.round(value)))));
}
