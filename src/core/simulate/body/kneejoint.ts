/** The structures between and around the bones of the knee: menisci, ligaments, tendons, vessels. */
import { fill, only, type Paint } from '../paint.ts';
import { grow } from '../shape/combine.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { vec } from '../shape/shape.ts';
import type { Vec3 } from '../volume.ts';
import type { Leg } from './knee.ts';

export function kneeJoint({ s, patient }: Leg): Paint[] {
  const x = (v: number) => v * s;
  const paints: Paint[] = [];
  // Menisci: open rings, thicker at the outer edge.
  for (const [cx, wide, deep, from, to] of [
    [22, 14.5, 18, -2.7, 2.5],
    [-21, 16, 21, 0.55, 5.7],
  ]) {
    const ring: Vec3[] = Array.from({ length: 15 }, (_, n) => {
      const a = from + ((to - from) * n) / 14;
      return [x(cx + Math.cos(a) * wide), 5 + Math.sin(a) * deep, -0.8];
    });
    // Wedges: broad towards the middle, and low.
    for (const [n, to] of ring.slice(1).entries()) {
      const [px, py] = [(ring[n][0] + to[0]) / 2 - x(cx), (ring[n][1] + to[1]) / 2 - 5];
      paints.push(fill(flat(ring[n], to, vec(px, py, 0), [5, 5], [2.5, 2.5]), 'tendon'));
    }
  }
  const band = (line: Vec3[], wide: number, thin: number, across: Vec3) =>
    line.slice(1).map((to, i) => fill(flat(line[i], to, across, [wide, wide], [thin, thin]), 'tendon'));
  paints.push(
    ...tube(
      [
        [x(7), 18, 20],
        [x(-3), -10, -4],
      ],
      () => 4,
    ).map((shape) => fill(shape, 'tendon')),
    ...tube(
      spline(
        [
          [x(-8), -2, 14],
          [x(-2), 18, 8],
          [0, 27, -12],
        ],
        4,
      ),
      () => 4.6,
    ).map((shape) => fill(shape, 'tendon')),
    ...band(
      [
        [x(-39.5), 2, 30],
        [x(-40), 0, 0],
        [x(-36), -4, -46],
      ],
      9,
      1.6,
      vec(0, 1, 0),
    ),
    ...band(
      [
        [x(39.5), 8, 26],
        [x(41), 16, 0],
        [x(40), 22, -20],
      ],
      3,
      2.4,
      vec(0, 1, 0),
    ),
    ...band(
      [
        [x(1), -44, 150],
        [x(2), -48, 90],
        [x(2), -53, 44],
      ],
      17,
      3.6,
      vec(1, 0, 0),
    ),
    ...band(
      [
        [x(2), -53, 12],
        [x(3), -44, -16],
        [x(3), -31, -46],
      ],
      13,
      2.6,
      vec(1, 0, 0),
    ),
    ...band(
      [
        [x(30), -34, 26],
        [x(22), -48, 26],
      ],
      14,
      1,
      vec(0, 0, 1),
    ),
    ...band(
      [
        [x(-30), -32, 26],
        [x(-20), -48, 26],
      ],
      14,
      1,
      vec(0, 0, 1),
    ),
  );
  const artery: Vec3[] = [
    [x(-18), 30, 260],
    [x(-10), 34, 120],
    [x(0), 36, 50],
    [x(2), 36, 0],
    [x(4), 38, -60],
    [x(8), 32, -300],
  ];
  const vein = artery.map(([a, b, c]): Vec3 => [a + x(5), b + 3, c]);
  const nerve = artery.map(([a, b, c]): Vec3 => [a + x(9), b + 5, c]);
  const veil = only('muscle', 'fat', 'tendon');
  for (const [line, r] of [
    [artery, 3.4],
    [vein, 4.3],
    [nerve, 3.2],
  ] as const) {
    const pieces = tube(spline(line, 3), () => r);
    paints.push(...pieces.map((shape) => fill(grow(shape, 2.5), 'fat', veil)));
  }
  for (const [line, r] of [
    [artery, 3.4],
    [vein, 4.3],
  ] as const) {
    paints.push(...tube(spline(line, 3), () => r + 0.9).map((shape) => fill(shape, 'muscle', veil)));
    paints.push(...tube(spline(line, 3), () => r).map((shape) => fill(shape, 'blood')));
  }
  paints.push(...tube(spline(nerve, 3), () => 2.6).map((shape) => fill(shape, 'tendon')));
  if (patient.age > 70) {
    paints.push(
      ...tube(spline(artery, 3), () => 3.7).map((shape, n) => fill(shape, n % 3 ? 'blood' : 'corticalBone')),
    );
    paints.push(...tube(spline(artery, 3), () => 2.8).map((shape) => fill(shape, 'blood')));
  }
  paints.push(
    ...tube(
      [
        [x(-52), 22, 260],
        [x(-42), 22, 60],
        [x(-40), 18, -200],
      ],
      () => 2,
    ).map((shape) => fill(grow(shape, 0.4), 'blood', only('fat'))),
  );
  paints.push(fill(segment([x(36), 30, -10], [x(39), 24, -24], 4), 'tendon'));
  return paints;
}
