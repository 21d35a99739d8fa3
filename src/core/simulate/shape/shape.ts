/** The type of a signed-distance shape, and bounding boxes. */
import type { Vec3 } from '../volume.ts';
import type { Form } from './form.ts';

export type Box = { low: Vec3; high: Vec3 };

/** A region of space as a signed-distance function. */
export type Shape = {
  /** Bounding box of the whole shape, mm. */
  box: Box;
  /** The approximate distance to the surface in mm: negative inside, zero on the surface. */
  at(x: number, y: number, z: number): number;
  /** Every point of the surface is at least |at| / slope away: a step of this length does not cross the surface. */
  slope: number;
  /** The same distance for compiled code. Without it, the code calls `at`. A copy with another `at` must omit it. */
  form?: Form;
};

export const vec = (x: number, y: number, z: number): Vec3 => [x, y, z];
export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const times = (a: Vec3, s: number): Vec3 => [a[0] * s, a[1] * s, a[2] * s];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
/** Length of a vector; Math.hypot takes ten times as long. */
export const norm = (x: number, y: number, z = 0): number => Math.sqrt(x * x + y * y + z * z);
export const length = (a: Vec3): number => norm(a[0], a[1], a[2]);
export const unit = (a: Vec3): Vec3 => times(a, 1 / (length(a) || 1));
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
/** Linear interpolation from a (t = 0) to b (t = 1). */
export const between = (a: Vec3, b: Vec3, t: number): Vec3 => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];

/** The box around a centre. */
export function boxAround(centre: Vec3, half: Vec3): Box {
  return { low: minus(centre, half), high: add(centre, half) };
}

export function joinBoxes(boxes: readonly Box[]): Box {
  const edge = (pick: (box: Box) => Vec3, best: (...n: number[]) => number): Vec3 => [
    best(...boxes.map((box) => pick(box)[0])),
    best(...boxes.map((box) => pick(box)[1])),
    best(...boxes.map((box) => pick(box)[2])),
  ];
  return { low: edge((box) => box.low, Math.min), high: edge((box) => box.high, Math.max) };
}

/** The intersection of both boxes; low > high if empty. */
export function meetBoxes(a: Box, b: Box): Box {
  return {
    low: [Math.max(a.low[0], b.low[0]), Math.max(a.low[1], b.low[1]), Math.max(a.low[2], b.low[2])],
    high: [Math.min(a.high[0], b.high[0]), Math.min(a.high[1], b.high[1]), Math.min(a.high[2], b.high[2])],
  };
}

export function growBox(box: Box, by: number): Box {
  return { low: add(box.low, [-by, -by, -by]), high: add(box.high, [by, by, by]) };
}
