/** A rough surface lit from the side: rock, bark, cloth, water, fur; its roughness is drawn out and bent. */
import type { Change } from '../augment/canvas.ts';
import { octaves, repeatedNoise } from './field.ts';

export const relief: Change = ({ side, pixels }, draw) => {
  const [height, bend, paint] = [repeatedNoise(draw), repeatedNoise(draw), repeatedNoise(draw)];
  const turn = draw.between(0, Math.PI);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const cells = Math.exp(draw.between(0.5, 2.8));
  const drawnOut = draw.uniform() < 0.5 ? draw.between(0.08, 0.5) : 1;
  const warp = draw.uniform() < 0.7 ? draw.between(0.3, 3) : 0;
  const ridged = draw.uniform() < 0.4;
  const shape = { count: 2 + draw.integer(4), decay: draw.between(0.4, 0.75) };
  const steep = draw.between(1, 5);
  const patches = draw.uniform() < 0.6 ? draw.between(0.2, 0.8) : 0;
  const edge = draw.between(1, 40);
  const [lx, ly] = [draw.between(-1, 1), draw.between(-1, 1)];
  const tiltX = draw.between(-0.5, 0.5);
  const tiltY = draw.between(-0.5, 0.5);
  const heightAt = (x: number, y: number) => {
    const [u, v] = [((x * cos + y * sin) / side) * cells, ((y * cos - x * sin) / side) * cells * drawnOut];
    const [wu, wv] = [warp * bend(u / 3, v / 3), warp * bend(u / 3 + 9, v / 3 + 4)];
    const value = octaves(height, u + wu, v + wv, shape);
    return ridged ? -Math.abs(value) * 2 : value;
  };
  const heights = new Float32Array((side + 1) * (side + 1));
  for (let y = 0; y <= side; y++)
    for (let x = 0; x <= side; x++) heights[y * (side + 1) + x] = heightAt(x, y);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const at = y * (side + 1) + x;
      const dx = (heights[at + 1] - heights[at]) * steep * 3;
      const dy = (heights[at + side + 1] - heights[at]) * steep * 3;
      const light = (1 + dx * lx + dy * ly) / Math.sqrt(1 + dx * dx + dy * dy);
      const colour = 1 / (1 + Math.exp(-edge * octaves(paint, (x * 4) / side, (y * 4) / side, shape)));
      pixels[y * side + x] =
        (0.4 + 0.6 * light) * (1 - patches * colour) + (tiltX * x + tiltY * y) / side + 0.15 * heights[at];
    }
};
