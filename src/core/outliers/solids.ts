/** Rounded and edged bodies in the light of one lamp, smooth or textured, one before the other, the far ones out of focus. */
import type { Canvas, Change } from '../augment/canvas.ts';
import { blur } from '../augment/sharpness.ts';
import type { Random } from '../random.ts';
import { octaves, repeatedNoise } from './field.ts';

export type Lamp = { x: number; y: number; z: number; ambient: number };

export const solids: Change = (canvas, draw) => {
  const { side, pixels } = canvas;
  ground(canvas, draw);
  const lamp = lampOf(draw);
  const count = 1 + draw.integer(14);
  const sizes = Array.from({ length: count }, () => draw.between(0.05, 0.45)).sort();
  const isNearLast = draw.uniform() < 0.5;
  const focus = draw.uniform() < 0.4 ? draw.integer(count) : 0;
  for (let i = 0; i < count; i++) {
    if (i === focus && focus > 0) for (let times = 1 + draw.integer(6); times > 0; times--) blur(canvas);
    body(canvas, draw, lamp, {
      x: draw.between(0, side),
      y: draw.between(0.1, 1) * side,
      radius: side * sizes[isNearLast ? i : count - 1 - i],
    });
  }
  const vignette = draw.between(0, 0.5);
  for (let i = 0; i < pixels.length; i++) {
    const [u, v] = [(i % side) / side - 0.5, Math.floor(i / side) / side - 0.5];
    canvas.pixels[i] *= 1 - vignette * (u * u + v * v);
  }
};

export function lampOf(draw: Random): Lamp {
  const [angle, height] = [draw.between(0, 2 * Math.PI), draw.between(0.2, 1.3)];
  return {
    x: Math.cos(angle) * Math.cos(height),
    y: Math.sin(angle) * Math.cos(height),
    z: Math.sin(height),
    ambient: draw.between(0.1, 0.5),
  };
}

function ground({ side, pixels }: Canvas, draw: Random): void {
  const noise = repeatedNoise(draw);
  const [low, high] = [draw.between(0.05, 1), draw.between(0.05, 1)];
  const turn = draw.between(0, 2 * Math.PI);
  const [dx, dy] = [Math.cos(turn) / side, Math.sin(turn) / side];
  const texture = draw.between(0, 0.5);
  const cells = draw.between(1, 12) / side;
  const stretch = draw.between(0.2, 1);
  const count = 1 + draw.integer(5);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      pixels[y * side + x] =
        low +
        (high - low) * (0.5 + (x - side / 2) * dx + (y - side / 2) * dy) +
        texture * octaves(noise, x * cells, y * cells * stretch, { count, decay: 0.7 });
}

/** Its outline is between an ellipse and a rectangle; its normals turn away towards it. */
export function body(
  { side, pixels }: Canvas,
  draw: Random,
  lamp: Lamp,
  { x, y, radius }: { x: number; y: number; radius: number },
): void {
  const aspect = draw.between(0.35, 1);
  const turn = draw.between(0, Math.PI);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const power = draw.uniform() < 0.6 ? 2 : draw.between(2, 8);
  const albedo = draw.between(0.15, 1);
  const shine = draw.uniform() < 0.4 ? draw.between(0.2, 0.8) : 0;
  const gloss = draw.between(8, 60);
  const noise = repeatedNoise(draw);
  const texture = draw.uniform() < 0.6 ? draw.between(0.2, 1.2) : 0;
  const cells = draw.between(1, 12);
  const stripes = draw.uniform() < 0.25 ? draw.between(3, 14) : 0;
  const bumps = draw.uniform() < 0.4 ? draw.between(0.2, 1) : 0;
  const shadow = draw.between(0.3, 0.9);
  const [sx, sy] = [-lamp.x * radius * 0.4, Math.abs(lamp.y) * radius * 0.4];
  const reach = Math.ceil(radius * 1.6);
  const insideAt = (px: number, py: number) => {
    const u = ((px - x) * cos + (py - y) * sin) / radius;
    const v = ((py - y) * cos - (px - x) * sin) / (radius * aspect);
    return { u, v, r: Math.abs(u) ** power + Math.abs(v) ** power };
  };
  const [top, bottom] = [Math.max(0, Math.floor(y - reach)), Math.min(side, y + reach)];
  const [left, right] = [Math.max(0, Math.floor(x - reach)), Math.min(side, x + reach)];
  for (let py = top; py < bottom; py++)
    for (let px = left; px < right; px++) {
      const at = py * side + px;
      const { u, v, r } = insideAt(px, py);
      if (r > 1) {
        // Soft towards its edge.
        const cast = insideAt(px - sx, py - sy).r;
        if (cast < 1) pixels[at] *= 1 - (1 - shadow) * Math.min(1, 3 * (1 - cast));
        continue;
      }
      const tilt = Math.max(Math.abs(u), Math.abs(v)) ** (power / 2 - 1);
      let [nx, ny] = [u * tilt, v * tilt];
      if (bumps > 0) {
        nx += bumps * noise(u * cells, v * cells);
        ny += bumps * noise(v * cells + 5, u * cells);
      }
      const wx = nx * cos - ny * sin;
      const wy = nx * sin + ny * cos;
      const nz = Math.sqrt(Math.max(0.02, 1 - nx * nx - ny * ny));
      const light = Math.max(0, wx * lamp.x + wy * lamp.y + nz * lamp.z);
      let paint = albedo * (1 + texture * octaves(noise, u * cells, v * cells, { count: 3, decay: 0.6 }));
      if (stripes > 0 && (((u * stripes) % 2) + 2) % 2 < 1) paint *= 0.4;
      // Overexposed at most a little: a highlight must not darken all the rest.
      pixels[at] = Math.min(
        1.1,
        paint * (lamp.ambient + (1 - lamp.ambient) * light) + shine * light ** gloss,
      );
    }
}
