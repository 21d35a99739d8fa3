/** Dead leaves: shapes that hide one another, of sizes by a power law (Lee, Mumford and Huang 2001), plain or textured. */
import type { Change } from '../augment/canvas.ts';
import { addField } from './field.ts';
import { fillShape } from './shape.ts';

export const leaves: Change = (canvas, draw) => {
  const { side, pixels } = canvas;
  const textured = draw.uniform() < 0.6;
  const texture = new Float32Array(side * side);
  if (textured) addField({ side, pixels: texture }, draw, { coarsest: 8, finest: side, decay: 0.8 });
  const least = side * draw.between(0.01, 0.08);
  const largest = side * draw.between(0.15, 0.5);
  const count = 8 + draw.integer(150);
  const [far, near] = [draw.uniform(), draw.uniform()];
  for (let i = 0; i < pixels.length; i++) pixels[i] = far + ((near - far) * i) / pixels.length;
  for (let i = 0; i < count; i++) {
    const level = draw.uniform();
    const contrast = textured ? draw.between(0, 0.6) : 0;
    const shade = draw.uniform() < 0.5 ? draw.between(-0.4, 0.4) : 0;
    // The inverse of the distribution of radii with density r⁻³ between the least and the largest.
    const share = draw.uniform();
    const radius = 1 / Math.sqrt(share / least ** 2 + (1 - share) / largest ** 2);
    const centre = { x: draw.between(0, side), y: draw.between(0, side), radius };
    fillShape(canvas, draw, centre, (at, u) => {
      pixels[at] = level + contrast * texture[at] + shade * u;
    });
  }
};
