/** Lines of signs, some with a picture or a frame between them: documents and screenshots. No writing is imitated. */
import type { Change } from '../augment/canvas.ts';
import { line } from './shape.ts';

export const page: Change = (canvas, draw) => {
  const { side, pixels } = canvas;
  const paper = draw.uniform() < 0.8 ? draw.between(0.8, 1) : draw.between(0, 0.2);
  const ink = 1 - paper;
  pixels.fill(paper);
  const height = (side / 128) * Math.exp(draw.between(Math.log(0.8), Math.log(9)));
  const spacing = Math.max(2, height * draw.between(1.4, 2.4));
  const left = side * draw.between(0, 0.15);
  const right = side * draw.between(0.7, 1);
  for (let y = side * draw.between(0, 0.2); y < side * 0.98; y += spacing) {
    if (draw.uniform() < 0.12) continue;
    const end = draw.uniform() < 0.25 ? draw.between(left, right) : right;
    for (let x = left; x < end; x += Math.max(1, height * draw.between(0.4, 0.9))) {
      if (draw.uniform() < 0.18) continue;
      if (height < 2) {
        // Too small to be read: what is left of a sign after it was made smaller.
        const at = Math.floor(y) * side + Math.floor(x);
        pixels[at] = paper + (ink - paper) * draw.between(0.1, 0.9);
        continue;
      }
      // A sign is two strokes within its box.
      const place = () => ({ x: x + height * draw.between(0, 0.6), y: y + height * draw.between(0, 1) });
      for (let stroke = 0; stroke < 2; stroke++) line(canvas, place(), place(), Math.max(1, height / 6), ink);
    }
  }
  if (draw.uniform() < 0.4) {
    const [x, y] = [draw.between(0, side * 0.6), draw.between(0, side * 0.6)];
    const [width, tall] = [side * draw.between(0.2, 0.5), side * draw.between(0.1, 0.4)];
    const level = draw.uniform();
    for (let py = Math.ceil(y); py < Math.min(side, y + tall); py++)
      for (let px = Math.ceil(x); px < Math.min(side, x + width); px++) pixels[py * side + px] = level;
  }
};
