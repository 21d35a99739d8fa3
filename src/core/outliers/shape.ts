/** Filled outlines: ellipses, rectangles and stars of any turn, and thick lines. Coordinates are in pixels. */
import type { Canvas } from '../augment/canvas.ts';
import type { Random } from '../random.ts';

type Picture = Pick<Canvas, 'side' | 'pixels'>;
export type Point = { x: number; y: number };

/** Calls `paint` with the index and the place within the shape (−1 to 1 in both) of each pixel inside. */
export function fillShape(
  { side }: Picture,
  draw: Random,
  { x, y, radius }: Point & { radius: number },
  paint: (index: number, u: number, v: number) => void,
): void {
  const kind = draw.integer(3);
  const aspect = draw.between(0.3, 1);
  const turn = draw.between(0, Math.PI);
  const points = 3 + draw.integer(5);
  const depth = draw.between(0, 0.5);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const reach = Math.ceil(radius * Math.SQRT2);
  for (let py = Math.max(0, Math.floor(y - reach)); py < Math.min(side, y + reach); py++)
    for (let px = Math.max(0, Math.floor(x - reach)); px < Math.min(side, x + reach); px++) {
      const u = ((px - x) * cos + (py - y) * sin) / radius;
      const v = ((py - y) * cos - (px - x) * sin) / (radius * aspect);
      if (isInside(kind, u, v, points, depth)) paint(py * side + px, u, v);
    }
}

function isInside(kind: number, u: number, v: number, points: number, depth: number): boolean {
  if (kind === 0) return u * u + v * v <= 1;
  if (kind === 1) return Math.abs(u) <= 1 && Math.abs(v) <= 1;
  return Math.hypot(u, v) <= 1 - depth * (1 + Math.cos(points * Math.atan2(v, u)));
}

export function line({ side, pixels }: Picture, from: Point, to: Point, width: number, level: number): void {
  const length = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y));
  const half = width / 2;
  for (let step = 0; step <= length; step += 0.5) {
    const x = from.x + ((to.x - from.x) * step) / length;
    const y = from.y + ((to.y - from.y) * step) / length;
    for (let py = Math.ceil(y - half); py <= y + half; py++)
      for (let px = Math.ceil(x - half); px <= x + half; px++)
        if (px >= 0 && py >= 0 && px < side && py < side) pixels[py * side + px] = level;
  }
}

/** A tree of lines that bend and branch, thinner with each branch. */
export function branches(
  picture: Picture,
  draw: Random,
  {
    from,
    angle,
    width,
    level,
    depth,
  }: { from: Point; angle: number; width: number; level: number; depth: number },
): void {
  let at = from;
  let direction = angle;
  const pieces = 3 + draw.integer(5);
  for (let i = 0; i < pieces; i++) {
    direction += draw.between(-0.5, 0.5);
    const reach = (picture.side / 14) * draw.between(0.5, 1.5);
    const to = { x: at.x + reach * Math.cos(direction), y: at.y + reach * Math.sin(direction) };
    line(picture, at, to, width, level);
    at = to;
    if (depth > 0 && draw.uniform() < 0.5)
      branches(picture, draw, {
        from: at,
        angle: direction + (draw.uniform() < 0.5 ? 1 : -1) * draw.between(0.4, 1.1),
        width: width * 0.7,
        level,
        depth: depth - 1,
      });
  }
}
