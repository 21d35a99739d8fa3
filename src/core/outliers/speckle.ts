/** A grainy texture in layers and blobs, weaker with depth, all over or in a sector: what interference of waves looks like. */
import type { Change } from '../augment/canvas.ts';
import type { Random } from '../random.ts';
import { addField } from './field.ts';
import { fillShape } from './shape.ts';

export const speckle: Change = ({ side, pixels }, draw) => {
  const wave = new Float32Array(side * side);
  addField({ side, pixels: wave }, draw, { coarsest: 2, finest: 16, decay: draw.between(0.4, 0.9) });
  const layers = draw.uniform() < 0.7 ? draw.between(2, 12) : 0;
  const contrast = draw.between(0.1, 0.4);
  const weaker = draw.between(0, 2.5);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const at = y * side + x;
      const layer = layers
        ? contrast * Math.sin((layers * 6 * y) / side + draw.between(4, 4.2) * wave[at])
        : 0;
      pixels[at] = Math.max(0, 0.35 + 0.6 * wave[at] + layer) * Math.exp((-weaker * y) / side);
    }
  const blobs = draw.integer(4);
  for (let i = 0; i < blobs; i++) blob(side, pixels, draw);
  grains(side, pixels, draw);
  if (draw.uniform() < 0.4) sector(side, pixels, draw.between(0.4, 1), draw.between(-0.2, 0.1));
};

/** Darker or brighter, with its shadow or echo below. */
function blob(side: number, pixels: Float32Array, draw: Random): void {
  const change = draw.uniform() < 0.7 ? draw.between(0, 0.5) : draw.between(1.3, 2.5);
  const below = draw.between(0.4, 1.4);
  const radius = side * draw.between(0.05, 0.25);
  const centre = { x: draw.between(0, side), y: draw.between(0, side * 0.8), radius };
  fillShape({ side, pixels }, draw, centre, (at) => {
    pixels[at] *= change;
  });
  for (let y = Math.ceil(centre.y + radius / 2); y < side; y++)
    for (
      let x = Math.max(0, Math.ceil(centre.x - radius / 2));
      x < Math.min(side, centre.x + radius / 2);
      x++
    )
      pixels[y * side + x] *= below;
}

/** Rayleigh: the magnitude of many waves of random phase; grains are wider than they are high. */
function grains(side: number, pixels: Float32Array, draw: Random): void {
  const strength = draw.between(0.3, 1);
  const wide = 1 + draw.integer(4);
  for (let y = 0; y < side; y++) {
    const shift = draw.integer(wide);
    for (let x = -shift; x < side; x += wide) {
      const grain = Math.sqrt(-2 * Math.log(1 - draw.uniform())) / 1.25;
      for (let px = Math.max(0, x); px < Math.min(side, x + wide); px++)
        pixels[y * side + px] *= 1 - strength + strength * grain;
    }
  }
}

function sector(side: number, pixels: Float32Array, opening: number, apex: number): void {
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [u, v] = [x / side - 0.5, y / side - apex];
      const radius = Math.hypot(u, v);
      if (radius > 1 - apex || radius < -apex || Math.abs(Math.atan2(u, v)) > opening)
        pixels[y * side + x] = 0;
    }
}
