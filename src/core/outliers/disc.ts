/** An evenly lit disc or field with branching lines and spots: what an optical instrument shows. */
import type { Change } from '../augment/canvas.ts';
import { addField } from './field.ts';
import { branches, fillShape } from './shape.ts';

export const disc: Change = (canvas, draw) => {
  const { side, pixels } = canvas;
  pixels.fill(0);
  addField(canvas, draw, { coarsest: 2, finest: side / 2, decay: draw.between(0.3, 0.9) });
  const ground = draw.between(0.3, 0.8);
  const texture = draw.between(0.02, 0.4);
  const vignette = draw.between(0, 0.6);
  for (let i = 0; i < pixels.length; i++) {
    const [u, v] = [(i % side) / side - 0.5, Math.floor(i / side) / side - 0.5];
    pixels[i] = ground + texture * pixels[i] - vignette * 2 * (u * u + v * v);
  }
  const spots = draw.integer(12);
  for (let i = 0; i < spots; i++) {
    const change = draw.between(-0.5, 0.5);
    const soft = draw.uniform() < 0.5;
    const centre = {
      x: draw.between(0, side),
      y: draw.between(0, side),
      radius: side * draw.between(0.02, 0.3),
    };
    fillShape(canvas, draw, centre, (at, u, v) => {
      pixels[at] += change * (soft ? Math.max(0, 1 - Math.hypot(u, v)) : 1);
    });
  }
  const trees = draw.integer(6);
  const start = { x: draw.between(0, side), y: draw.between(0, side) };
  for (let i = 0; i < trees; i++)
    branches(canvas, draw, {
      from: start,
      angle: draw.between(0, 2 * Math.PI),
      width: (side / 128) * draw.between(1, 4),
      level: draw.uniform(),
      depth: 3,
    });
  if (draw.uniform() < 0.6) {
    const radius = draw.between(0.35, 0.6);
    for (let i = 0; i < pixels.length; i++)
      if (Math.hypot((i % side) / side - 0.5, Math.floor(i / side) / side - 0.5) > radius) pixels[i] = 0;
  }
};
