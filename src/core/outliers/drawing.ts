/** Lines, arcs and outlined shapes on an even ground: drawings, diagrams, charts. */
import type { Change } from '../augment/canvas.ts';
import { fillShape, line } from './shape.ts';

export const drawing: Change = (canvas, draw) => {
  const { side, pixels } = canvas;
  const ground = draw.uniform() < 0.7 ? 1 : draw.uniform();
  pixels.fill(ground);
  const point = () => ({ x: draw.between(0, side), y: draw.between(0, side) });
  const fills = draw.integer(8);
  for (let i = 0; i < fills; i++) {
    const level = draw.uniform();
    fillShape(canvas, draw, { ...point(), radius: side * draw.between(0.03, 0.25) }, (at) => {
      pixels[at] = level;
    });
  }
  const strokes = 3 + draw.integer(25);
  const curved = draw.uniform() < 0.5;
  for (let i = 0; i < strokes; i++) {
    const width = (side / 128) * draw.between(1, 4);
    const level = draw.uniform() < 0.8 ? 1 - ground : draw.uniform();
    let from = point();
    let angle = curved ? draw.between(0, 2 * Math.PI) : (Math.PI / 2) * draw.integer(4);
    const bend = curved ? draw.between(-0.4, 0.4) : 0;
    const pieces = 1 + draw.integer(12);
    for (let piece = 0; piece < pieces; piece++) {
      const reach = (side / 12) * draw.between(0.5, 2);
      const to = { x: from.x + reach * Math.cos(angle), y: from.y + reach * Math.sin(angle) };
      line(canvas, from, to, width, level);
      from = to;
      angle += curved ? bend : (Math.PI / 2) * (draw.integer(3) - 1);
    }
  }
};
