/** Noise at several scales, from smooth clouds to grit; sometimes cut into even areas, as maps and tissues are. */
import type { Change } from '../augment/canvas.ts';
import { normalise } from '../augment/normalise.ts';
import { addField } from './field.ts';

export const clouds: Change = (canvas, draw) => {
  const { side, pixels } = canvas;
  pixels.fill(0);
  const coarsest = 2 ** (1 + draw.integer(4));
  addField(canvas, draw, {
    coarsest,
    finest: Math.max(coarsest, side / 2 ** draw.integer(4)),
    decay: draw.between(0.4, 1.1),
  });
  if (draw.uniform() < 0.3) for (let i = 0; i < pixels.length; i++) pixels[i] = Math.abs(pixels[i]);
  normalise(canvas, 'minMax');
  const levels = draw.uniform() < 0.4 ? 1 + draw.integer(4) : 0;
  if (levels > 0) for (let i = 0; i < pixels.length; i++) pixels[i] = Math.round(pixels[i] * levels);
};
