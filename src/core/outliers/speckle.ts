/** A grainy texture in layers and blobs, all over or in a sector: what interference of waves looks like. */
import type { Change } from '../augment/canvas.ts';
import { addField } from './field.ts';
import { fillShape } from './shape.ts';

export const speckle: Change = (canvas, draw) => {
  const { side, pixels } = canvas;
  const layers = draw.uniform() < 0.6 ? draw.between(2, 8) : 0;
  const wave = new Float32Array(side * side);
  addField({ side, pixels: wave }, draw, { coarsest: 2, finest: 8, decay: 0.6 });
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const at = y * side + x;
      pixels[at] =
        0.4 + 0.5 * wave[at] + (layers ? 0.25 * Math.sin((layers * 6 * y) / side + 5 * wave[at]) : 0);
    }
  const blobs = draw.integer(5);
  for (let i = 0; i < blobs; i++) {
    const level = draw.uniform() < 0.7 ? draw.between(0, 0.15) : draw.between(0.6, 1);
    const centre = {
      x: draw.between(0, side),
      y: draw.between(0, side),
      radius: side * draw.between(0.05, 0.2),
    };
    fillShape(canvas, draw, centre, (at) => {
      pixels[at] = level;
    });
  }
  const strength = draw.between(0.5, 1);
  const coarse = 1 + draw.integer(3);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += coarse) {
      // Rayleigh: the magnitude of many waves of random phase.
      const grain = Math.sqrt(-2 * Math.log(1 - draw.uniform())) / 1.25;
      for (let dx = 0; dx < coarse && x + dx < side; dx++)
        pixels[y * side + x + dx] *= 1 - strength + strength * grain;
    }
  if (draw.uniform() < 0.5) sector(canvas.side, pixels, draw.between(0.4, 1), draw.between(-0.2, 0.1));
};

function sector(side: number, pixels: Float32Array, opening: number, apex: number): void {
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [u, v] = [x / side - 0.5, y / side - apex];
      const radius = Math.hypot(u, v);
      if (radius > 1 - apex || radius < -apex || Math.abs(Math.atan2(u, v)) > opening)
        pixels[y * side + x] = 0;
    }
}
