/** Two pictures in one: the second inside a shape, or mixed in by a smooth field, or shining through. */
import type { Canvas } from '../augment/canvas.ts';
import type { Random } from '../random.ts';
import { octaves, repeatedNoise } from './field.ts';
import { fillShape } from './shape.ts';

/** Puts some of `other` into `canvas`; both reach from 0 to 1. */
export function merge({ side, pixels }: Canvas, other: Pick<Canvas, 'pixels'>, draw: Random): void {
  const kind = draw.integer(3);
  if (kind === 0) {
    for (let count = 1 + draw.integer(4); count > 0; count--) {
      const centre = {
        x: draw.between(0, side),
        y: draw.between(0, side),
        radius: side * draw.between(0.15, 0.5),
      };
      fillShape({ side, pixels }, draw, centre, (at) => {
        pixels[at] = other.pixels[at];
      });
    }
    return;
  }
  const noise = repeatedNoise(draw);
  const edge = kind === 1 ? draw.between(3, 60) : 0;
  const share = draw.between(0.3, 0.7);
  const cells = draw.between(1, 5) / side;
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    const weight = edge
      ? 1 / (1 + Math.exp(-edge * octaves(noise, x * cells, y * cells, { count: 3, decay: 0.5 })))
      : share;
    pixels[i] += weight * (other.pixels[i] - pixels[i]);
  }
}
