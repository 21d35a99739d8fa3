/** A picture on a ground: with margins of one grey level on some of its sides, as screens and captures leave them. */
import type { Change } from '../augment/canvas.ts';

const MOST = 0.3;

export const mount: Change = ({ side, pixels }, draw) => {
  const level = draw.uniform() < 0.7 ? 0 : 1;
  const margin = () => (draw.uniform() < 0.5 ? 0 : Math.round(side * draw.between(0, MOST)));
  const [left, top, right, bottom] = [margin(), margin(), side - margin(), side - margin()];
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (x < left || x >= right || y < top || y >= bottom) pixels[y * side + x] = level;
};
