/** Lines of signs, some with a picture or a frame between them: documents and screenshots. No writing is imitated. */
import type { Change } from '../augment/canvas.ts';
import { line } from './shape.ts';

export const page: Change = (canvas, draw) => {
  const { side, pixels } = canvas;
  const paper = draw.uniform() < 0.8 ? draw.between(0.8, 1) : draw.between(0, 0.2);
  const ink = 1 - paper;
  pixels.fill(paper);
  const height = Math.max(2, (side / 128) * draw.between(2, 9));
  const spacing = height * draw.between(1.4, 2.4);
  const left = side * draw.between(0, 0.15);
  const right = side * draw.between(0.7, 1);
  for (let y = side * draw.between(0, 0.2); y < side * 0.98; y += spacing) {
    if (draw.uniform() < 0.12) continue;
    const end = draw.uniform() < 0.25 ? draw.between(left, right) : right;
    for (let x = left; x < end; x += height * draw.between(0.4, 0.9)) {
      if (draw.uniform() < 0.18) continue;
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
