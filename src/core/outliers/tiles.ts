/** Repeated elements: grids, stripes, and cells with a core. */
import type { Change } from '../augment/canvas.ts';
import { addField } from './field.ts';
import { fillShape } from './shape.ts';

export const tiles: Change = (canvas, draw) => {
  const { side, pixels } = canvas;
  pixels.fill(0);
  addField(canvas, draw, { coarsest: 4, finest: side, decay: 0.8 });
  const ground = draw.uniform();
  const texture = draw.between(0, 0.4);
  for (let i = 0; i < pixels.length; i++) pixels[i] = ground + texture * pixels[i];
  const kind = draw.integer(3);
  const period = side / draw.between(3, 16);
  if (kind < 2) {
    const turn = draw.between(0, Math.PI);
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const contrast = draw.between(0.2, 0.8);
    const share = draw.between(0.2, 0.8);
    const isOn = (value: number) => (((value / period) % 1) + 1) % 1 < share;
    for (let i = 0; i < pixels.length; i++) {
      const [x, y] = [i % side, Math.floor(i / side)];
      const on = isOn(x * cos + y * sin);
      if (kind === 0 ? on : on !== isOn(y * cos - x * sin)) pixels[i] += contrast;
    }
    return;
  }
  const jitter = period * draw.between(0, 0.6);
  const radius = period * draw.between(0.25, 0.6);
  const level = draw.uniform();
  const core = draw.uniform() < 0.6 ? draw.uniform() : level;
  for (let y = 0; y < side + period; y += period)
    for (let x = 0; x < side + period; x += period) {
      const centre = { x: x + draw.between(-jitter, jitter), y: y + draw.between(-jitter, jitter), radius };
      fillShape(canvas, draw, centre, (at, u, v) => {
        pixels[at] = u * u + v * v < 0.2 ? core : level;
      });
    }
};
