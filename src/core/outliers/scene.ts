/** Outdoors: a sky, ranges of hills, ground in perspective or water with reflections, walls with windows, trees, near things. */
import type { Canvas, Change } from '../augment/canvas.ts';
import type { Random } from '../random.ts';
import { octaves, repeatedNoise } from './field.ts';
import { branches, fillShape, line } from './shape.ts';
import { body, lampOf } from './solids.ts';

export const scene: Change = (canvas, draw) => {
  const { side } = canvas;
  const horizon = Math.round(side * draw.between(0.1, 0.85));
  sky(canvas, draw, horizon);
  const haze = draw.between(0.4, 0.95);
  for (let range = draw.integer(4), left = range; left > 0; left--)
    hills(canvas, draw, horizon - (left * side * draw.between(0, 0.25)) / range, haze * (left / (range + 1)));
  if (draw.uniform() < 0.25) water(canvas, draw, horizon);
  else plain(canvas, draw, horizon);
  const lamp = lampOf(draw);
  // The far ones first: what stands on the ground is lower in the picture, and larger, the nearer it is.
  const places = Array.from({ length: draw.integer(8) }, () => draw.uniform()).sort();
  const kind = draw.integer(4);
  for (const near of places) {
    const foot = { x: draw.between(0, side), y: horizon + near * (side - horizon) };
    const size = side * (0.06 + 0.5 * near) * draw.between(0.6, 1.4);
    const own = kind < 3 ? kind : draw.integer(3);
    if (own === 0) building(canvas, draw, foot, size);
    else if (own === 1) tree(canvas, draw, foot, size);
    else body(canvas, draw, lamp, { x: foot.x, y: foot.y - size / 3, radius: size / 2 });
  }
  if (draw.uniform() < 0.25) fence(canvas, draw);
};

function sky({ side, pixels }: Canvas, draw: Random, horizon: number): void {
  const noise = repeatedNoise(draw);
  const [high, low] = [draw.between(0.3, 1), draw.between(0.5, 1)];
  const clouds = draw.uniform() < 0.6 ? draw.between(0.1, 0.7) : 0;
  const cells = draw.between(2, 7) / side;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const level = high + ((low - high) * Math.min(y, horizon)) / horizon;
      const cloud = clouds
        ? Math.max(0, octaves(noise, x * cells, 2 * y * cells, { count: 4, decay: 0.55 }))
        : 0;
      pixels[y * side + x] = level + clouds * cloud;
    }
}

function hills({ side, pixels }: Canvas, draw: Random, height: number, haze: number): void {
  const noise = repeatedNoise(draw);
  const [rough, dark] = [side * draw.between(0.05, 0.35), draw.between(0, 0.6)];
  const cells = draw.between(1.5, 6) / side;
  const texture = draw.between(0, 0.5) * (1 - haze);
  const decay = draw.between(0.4, 0.65);
  for (let x = 0; x < side; x++) {
    const top = Math.max(0, Math.floor(height + rough * octaves(noise, x * cells, 0.5, { count: 5, decay })));
    for (let y = top; y < side; y++)
      pixels[y * side + x] =
        haze * 0.8 +
        (1 - haze) * dark +
        texture * octaves(noise, 8 * x * cells, 8 * y * cells, { count: 2, decay: 0.7 });
  }
}

/** A texture on the ground grows towards the viewer. */
function plain({ side, pixels }: Canvas, draw: Random, horizon: number): void {
  const noise = repeatedNoise(draw);
  const [level, texture] = [draw.between(0.1, 0.8), draw.between(0.1, 0.9)];
  const [across, along] = [draw.between(2, 12), draw.between(1, 8)];
  const squares = draw.uniform() < 0.3 ? draw.between(0.1, 0.4) : 0;
  const skew = draw.between(-0.5, 1.5);
  for (let y = horizon; y < side; y++) {
    const distance = side / (y - horizon + 1);
    for (let x = 0; x < side; x++) {
      const [u, v] = [(x / side - skew) * distance * across, distance * along];
      // Far away the texture is finer than a pixel, and only its mean is left.
      const seen = Math.min(1, 6 / (distance * distance));
      let value = level + seen * texture * octaves(noise, u / 2, v / 2, { count: 3, decay: 0.7 });
      if (squares > 0 && (Math.floor(u / 4) + Math.floor(v / 4)) % 2 === 0) value += squares;
      pixels[y * side + x] = value;
    }
  }
}

function water({ side, pixels }: Canvas, draw: Random, horizon: number): void {
  const noise = repeatedNoise(draw);
  const [dark, waves] = [draw.between(0.4, 0.9), draw.between(1, 8)];
  for (let y = horizon; y < side; y++)
    for (let x = 0; x < side; x++) {
      const ripple = noise((8 * x) / side, 300 / (y - horizon + 6));
      const mirror = Math.min(horizon - 1, Math.max(0, Math.round(2 * horizon - y + waves * ripple)));
      pixels[y * side + x] = dark * (pixels[mirror * side + x] ?? 0.5) + 0.15 * ripple;
    }
}

/** A front in the light and a side in the shade, with rows of windows. */
function building(canvas: Canvas, draw: Random, foot: { x: number; y: number }, size: number): void {
  const { side, pixels } = canvas;
  const [wide, tall] = [size * draw.between(0.4, 1.6), size * draw.between(0.5, 2.2)];
  const [front, shade] = [draw.between(0.2, 1), draw.between(0.3, 0.8)];
  const turn = draw.between(0.4, 1);
  const slant = draw.between(-0.3, 0.3);
  const [columns, rows] = [1 + draw.integer(8), 1 + draw.integer(8)];
  const glass = draw.uniform() < 0.7 ? draw.between(0, 0.4) : draw.between(0.7, 1);
  const gable = draw.uniform() < 0.4 ? tall * draw.between(0.1, 0.4) : 0;
  for (let x = Math.max(0, Math.ceil(foot.x - wide / 2)); x < Math.min(side, foot.x + wide / 2); x++) {
    const u = (x - foot.x) / wide + 0.5;
    const isFront = u < turn;
    const lean = slant * (isFront ? u : 2 * turn - u) * wide;
    const top = foot.y - tall + lean + gable * Math.abs(2 * u - 1);
    for (let y = Math.max(0, Math.ceil(top)); y < Math.min(side, foot.y); y++) {
      const v = (y - foot.y + tall - lean) / tall;
      const isWindow = v > 0 && (u * columns) % 1 > 0.45 && (v * rows) % 1 > 0.4;
      pixels[y * side + x] = (isWindow ? glass : front) * (isFront ? 1 : shade);
    }
  }
}

/** A trunk with branches, bare or with leaves. */
function tree(canvas: Canvas, draw: Random, foot: { x: number; y: number }, size: number): void {
  const { side, pixels } = canvas;
  const dark = draw.between(0, 0.3);
  branches(canvas, draw, {
    from: foot,
    angle: -Math.PI / 2 + draw.between(-0.2, 0.2),
    width: Math.max(1, size / 12),
    level: dark,
    depth: 3,
  });
  const leaves = draw.uniform() < 0.6 ? 20 + draw.integer(80) : 0;
  const crown = size * draw.between(0.3, 0.6);
  const [low, high] = [draw.between(0, 0.4), draw.between(0.3, 0.9)];
  for (let i = 0; i < leaves; i++) {
    const [u, v] = [0.5 * draw.normal(), 0.5 * draw.normal()];
    const level = low + (high - low) * Math.min(1, Math.max(0, 0.5 - v / 2 + draw.between(-0.3, 0.3)));
    const centre = {
      x: foot.x + u * crown,
      y: foot.y - size + v * crown,
      radius: Math.max(1, side * draw.between(0.008, 0.03)),
    };
    fillShape(canvas, draw, centre, (at) => {
      pixels[at] = level;
    });
  }
}

/** Poles and wires before everything, or steps of a stair. */
function fence(canvas: Canvas, draw: Random): void {
  const { side } = canvas;
  const level = draw.uniform() < 0.7 ? draw.between(0, 0.3) : draw.between(0.7, 1);
  const step = side * draw.between(0.05, 0.3);
  const [turn, width] = [draw.between(-0.3, 0.3), (side / 96) * draw.between(1, 4)];
  const isUpright = draw.uniform() < 0.5;
  for (let at = -step; at < side + step; at += step * draw.between(0.8, 1.2)) {
    const [from, to] = [
      { x: at, y: 0 },
      { x: at + turn * side, y: side - 1 },
    ];
    if (isUpright) line(canvas, from, to, width, level);
    else line(canvas, { x: from.y, y: from.x }, { x: to.y, y: to.x }, width, level);
  }
}
