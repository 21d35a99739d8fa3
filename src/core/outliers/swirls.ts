/** A small network of random weights from a pixel's place to its grey level (Stanley 2007): smooth shapes, folds and edges. */
import type { Change } from '../augment/canvas.ts';
import { octaves, repeatedNoise } from './field.ts';

const BENDS: readonly ((x: number) => number)[] = [
  Math.sin,
  Math.tanh,
  (x) => Math.exp(-x * x),
  Math.abs,
  (x) => (x > 0 ? x : 0.1 * x),
  (x) => 1 / (1 + Math.exp(-8 * x)),
];
const WIDTH = 7;
const INPUTS = 6;

export const swirls: Change = ({ side, pixels }, draw) => {
  const noise = repeatedNoise(draw);
  const scale = draw.between(2, 8);
  const rough = draw.uniform() < 0.5 ? draw.between(0, 1) : 0;
  const cells = draw.between(0.5, 3);
  const layers = [INPUTS, WIDTH, WIDTH].map((inputs) =>
    Array.from({ length: WIDTH }, () => ({
      weights: Float32Array.from({ length: inputs }, () => draw.normal() * (2 / Math.sqrt(inputs))),
      shift: draw.normal(),
      bend: BENDS[draw.integer(BENDS.length)],
    })),
  );
  const last = Float32Array.from({ length: WIDTH }, () => draw.normal());
  const [cx, cy] = [draw.between(0.2, 0.8), draw.between(0.2, 0.8)];
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [u, v] = [scale * (x / side - cx), scale * (y / side - cy)];
      const a = rough * octaves(noise, cells * u, cells * v, { count: 3, decay: 0.6 });
      const b = rough * noise(cells * v + 11, cells * u);
      let values: number[] = [u, v, Math.hypot(u, v), a, b, 1];
      for (const layer of layers)
        values = layer.map(({ weights, shift, bend }) => {
          let sum = shift;
          for (let k = 0; k < weights.length; k++) sum += weights[k] * values[k];
          return bend(sum);
        });
      let level = 0;
      for (let k = 0; k < WIDTH; k++) level += last[k] * values[k];
      pixels[y * side + x] = level;
    }
};
