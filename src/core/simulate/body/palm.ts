/** The parts of a hand other than bone and skin: muscles between fat, tendons through the carpal tunnel, vessels. */
import { fill, only, type Paint } from '../paint.ts';
import { grow } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { add, between, type Shape, times, vec } from '../shape/shape.ts';
import type { Vec3 } from '../volume.ts';

/** One bone, from its base to its head: thumb first. */
export type Bone = { ray: number; part: number; from: Vec3; to: Vec3; scale: number };

/** `s`: 1 for the left hand, −1 for the right. */
export function palm(bones: readonly Bone[], s: number): Paint[] {
  const metacarpals = bones.filter(({ part }) => part === 0);
  const bellies = [...interossei(metacarpals, s), ...balls(s)];
  const forearm = [
    ...[-14, 0, 13].map((x) => segment([x * s * 0.8, -8, -46], [x * s, -11, -180], 3, 11)),
    ...[-10, 9].map((x) => segment([x * s * 0.8, 8, -56], [x * s, 12, -180], 2.5, 9)),
  ];
  const muscles = [...bellies, ...forearm];
  return [
    // Thin fat separates neighbouring muscles.
    ...muscles.flatMap((shape) => [
      fill(grow(shape, 0.8), 'fat', only('muscle')),
      fill(shape, 'muscle', only('fat')),
    ]),
    // The carpal tunnel: sheaths around the tendons, and the flexor retinaculum in front of them.
    fill(flat([0, -12.5, -44], [0, -11.5, 14], vec(1, 0, 0), [11, 12], [4.6, 4]), 'muscle', only('fat')),
    fill(
      flat([-14 * s, -15.6, -4], [13 * s, -16.4, -4], vec(0, 0, 1), [12, 12], [1, 1]),
      'tendon',
      only('fat'),
    ),
    ...tendons(bones, s),
    ...vessels(bones, s),
  ];
}

/** Muscles between the metacarpals, and from the thumb to the middle finger. */
function interossei(metacarpals: readonly Bone[], s: number): Shape[] {
  const out: Shape[] = [];
  for (let n = 1; n + 1 < metacarpals.length; n++) {
    const [a, b] = [metacarpals[n], metacarpals[n + 1]];
    const at = (t: number, y: number) =>
      add(between(between(a.from, a.to, t), between(b.from, b.to, t), 0.5), vec(0, y, 0));
    out.push(
      flat(at(0.14, 1), at(0.8, 0.5), vec(1, 0, 0), [4.4, 5.4], [6, 5]),
      flat(at(0.14, -6), at(0.8, -4.5), vec(1, 0, 0), [4, 5], [3, 2.6]),
    );
  }
  const [thumb, index] = metacarpals;
  out.push(
    flat(
      between(thumb.from, index.from, 0.6),
      between(thumb.to, index.to, 0.75),
      vec(1, 0, 0.3),
      [4, 9],
      [5, 4],
    ),
    flat([0, -8, 30], [-38 * s, -16, 42], vec(0, 0, 1), [16, 5], [2.6, 3]),
  );
  return out;
}

/** Thenar and hypothenar eminence, each with two bellies. */
function balls(s: number): Shape[] {
  return [
    ellipsoid([-22 * s, -11, 24], [11, 5, 19]),
    ellipsoid([-27 * s, -16, 25], [10, 4.6, 19]),
    ellipsoid([20 * s, -8, 26], [6, 5, 24]),
    ellipsoid([23 * s, -13, 25], [6, 4, 23]),
  ];
}

function tendons(bones: readonly Bone[], s: number): Paint[] {
  const shapes: Shape[] = [];
  const worms: Shape[] = [];
  for (const { ray, part, from, to, scale } of bones) {
    const [palmar, dorsal] = part === 0 ? [-9.5, 6.4] : [-5.6 * scale, 5 * scale];
    const over = (y: number): [Vec3, Vec3] => [
      add(from, vec(0, y, 0)),
      add(to, vec(0, y + (part ? 0.4 : 0.6), 0)),
    ];
    const [wide, thin] = part === 0 ? [2.1, 1.5] : [2.9 * scale, 1.5 * scale];
    if (part === 0 && ray > 0) {
      // From the carpal tunnel to the finger, with one tendon behind the other.
      const x = (ray - 2.5) * 4.4 * s;
      for (const [y, start] of [
        [-10.8, -14.4],
        [-7.6, -11],
      ]) {
        const line = spline(
          [
            [x, start, -60],
            [x, start, -6],
            add(between(from, to, 0.4), vec(0, y, 0)),
            add(to, vec(0, y + 1.5, 0)),
          ],
          3,
        );
        shapes.push(...tube(line, () => 1.7));
      }
      worms.push(
        segment(add(between(from, to, 0.35), vec(-3.6 * s, -9, 0)), add(to, vec(-4.5 * s, -7, 0)), 2, 1.4),
      );
    } else shapes.push(flat(...over(palmar), vec(1, 0, 0), [wide, wide * 0.9], [thin, thin * 0.9]));
    if (part < 3) shapes.push(flat(...over(dorsal), vec(1, 0, 0), [2.6 * scale, 2.4 * scale], [0.8, 0.7]));
  }
  // Flexor pollicis longus; flexors of the wrist; extensors on the back of the wrist.
  shapes.push(
    ...tube(
      spline(
        [
          [-12 * s, -12, -70],
          [-12 * s, -12, -8],
          [-24 * s, -13, 22],
          [-44 * s, -22, 38],
        ],
        3,
      ),
      () => 1.7,
    ),
    segment([-19 * s, -13, -70], [-18 * s, -12, -4], 2.2),
    segment([19 * s, -11, -70], [16 * s, -10, -10], 2.2),
    ...[-17, -11, -4, 2, 8, 15].map((x) =>
      flat([x * s, 11, -70], [x * 0.9 * s, 9.6, 8], vec(1, 0, 0), [2.3, 2], [1.3, 0.9]),
    ),
  );
  return [
    ...worms.map((shape) => fill(shape, 'muscle', only('fat'))),
    ...shapes.map((shape) => fill(shape, 'tendon', only('fat', 'muscle'))),
  ];
}

/** Arteries of the wrist and the fingers, and the veins on the back of the hand. */
function vessels(bones: readonly Bone[], s: number): Paint[] {
  const lines = [
    ...tube(
      spline(
        [
          [-18 * s, -9, -150],
          [-18 * s, -9.5, -24],
          [-14 * s, -11, 8],
          [2 * s, -11.6, 32],
        ],
        3,
      ),
      () => 1.4,
    ),
    ...tube(
      spline(
        [
          [15 * s, -10, -150],
          [15 * s, -12, -20],
          [11 * s, -12, 14],
          [2 * s, -11.6, 32],
        ],
        3,
      ),
      () => 1.3,
    ),
    ...[-13, -2, 9].flatMap((x) =>
      tube(
        spline(
          [
            [x * s, 8.5, -80],
            [(x + 3) * s, 6.4, -10],
            [(x * 1.3 - 2) * s, 5, 30],
            [x * 1.9 * s, 4.8, 62],
          ],
          3,
        ),
        () => 1.2,
      ),
    ),
  ];
  for (const { part, from, to, scale } of bones) {
    if (part === 0) continue;
    for (const side of [-1, 1]) {
      const off = vec(side * 4.9 * scale, -3.8 * scale, 0);
      lines.push(segment(add(from, off), add(to, times(off, 0.95)), 0.8));
    }
  }
  return lines.map((shape) => fill(shape, 'blood', only('fat')));
}
