/** The bones of the pelvis: sacrum, hip bones with sockets, femora. */
import { fill, layers, type Paint } from '../paint.ts';
import { grow, without } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { type Shape, vec } from '../shape/shape.ts';
import type { Vec3 } from '../volume.ts';
import { bone } from './bone.ts';
import type { Frame } from './frame.ts';

/** Middle of the left femoral head, mm; radius 24 in men, 21.5 in women (diameters 48 and 43). */
export const HIP: Vec3 = [88, -8, -88];

export function hips(frame: Frame): Paint[] {
  const female = frame.patient.sex === 'F';
  const wide = female ? 1.03 : 1;
  const r = female ? 23 : 24.5;
  const paints: Paint[] = [];
  const shells: Shape[] = [];
  // Sacrum: five segments along a curve, narrowing, with wings at the top.
  const line: Vec3[] = [
    [0, 33, -4],
    [0, 46, -34],
    [0, 62, -62],
    [0, 72, -88],
    [0, 68, -110],
    [0, 58, -126],
  ];
  const curve = spline(line, 3);
  const half = [30, 30, 27, 23, 17, 8];
  for (let n = 0; n + 1 < curve.length; n++) {
    const t = (n / (curve.length - 1)) * 5;
    const i = Math.min(4, Math.floor(t));
    const w = half[i] + (half[i + 1] - half[i]) * (t - i);
    const deep = 17 - 2.2 * t;
    shells.push(flat(curve[n], curve[n + 1], vec(1, 0, 0), [w, w - 1], [deep, deep - 0.4]));
  }
  for (const s of [-1, 1]) {
    shells.push(
      flat([s * 22, 38, -10], [s * 46 * wide, 50, -18], vec(0, 0.35, -1), [18, 26], [15, 13]),
      flat([s * 18, 60, -40], [s * 44 * wide, 60, -44], vec(0, 0, 1), [18, 16], [11, 9]),
    );
  }
  paints.push(...bone(shells, 1.5));
  // Holes of the sacrum and its canal.
  for (const [y, z] of [
    [42, -24],
    [56, -50],
    [68, -76],
  ]) {
    for (const s of [-1, 1]) paints.push(fill(segment([s * 17, y - 16, z], [s * 16, y + 6, z], 4.2), 'fat'));
  }
  paints.push(
    ...tube(
      [
        [0, 50, 4],
        [0, 66, -34],
        [0, 80, -66],
      ],
      (t) => 8 - 4 * t,
    ).map((shape) => fill(shape, 'fat')),
  );
  for (const s of [-1, 1]) paints.push(...hipBone(s, wide, r), ...femur(s, wide, r, frame));
  return paints;
}

function hipBone(s: number, wide: number, r: number): Paint[] {
  const x = (v: number) => s * v * wide;
  const socket: Vec3 = [x(HIP[0]), HIP[1], HIP[2]];
  const crest = spline(
    [
      [x(114), -68, 2],
      [x(125), -44, 34],
      [x(127), -8, 50],
      [x(108), 34, 50],
      [x(74), 62, 36],
      [x(52), 74, 14],
      [x(50), 74, -8],
    ],
    3,
  );
  const foot: Vec3 = [x(82), 4, -58];
  const joint: Vec3 = [x(56), 52, -32];
  const shells: Shape[] = [];
  // The wing: strips from above the socket to the crest, thin in the middle.
  crest.forEach((point, n) => {
    const t = n / (crest.length - 1);
    const start: Vec3 = [
      foot[0] + (joint[0] - foot[0]) * t,
      foot[1] + (joint[1] - foot[1]) * t * 0.9,
      foot[2] + (joint[2] - foot[2]) * t,
    ];
    const next = crest[Math.min(crest.length - 1, n + 1)];
    const back = crest[Math.max(0, n - 1)];
    const along = vec(next[0] - back[0], next[1] - back[1], next[2] - back[2]);
    shells.push(flat(start, point, along, [7, 9], [5 + 3 * t, 3.6 + 2.2 * t]));
  });
  shells.push(...tube(crest, () => 5.6));
  shells.push(
    // Body about the socket, upper and lower pubic branch, ischium.
    ellipsoid([socket[0] - s * 7, socket[1] + 3, socket[2] + 9], [r + 6, r + 9, r + 7]),
    ...tube(
      spline(
        [
          [x(72), -26, -76],
          [x(48), -58, -92],
          [x(16), -72, -108],
          [x(9), -70, -118],
        ],
        3,
      ),
      (t) => 9.5 - 1 * t,
    ),
    ...tube(
      [
        [x(10), -70, -112],
        [x(12), -66, -134],
      ],
      () => 8,
    ),
    ...tube(
      [
        [x(12), -66, -134],
        [x(34), -38, -158],
        [x(52), -4, -170],
      ],
      (t) => 6 + 3 * t,
    ),
    ...tube(
      [
        [x(78), 22, -96],
        [x(64), 34, -136],
        [x(54), 14, -168],
      ],
      (t) => 14 - 2 * t,
    ),
    segment([x(66), 52, -60], [x(78), 24, -80], 9, 13),
    segment([x(64), 40, -88], [x(52), 46, -104], 5, 3),
  );
  return [
    ...bone(shells, 1.6),
    fill(segment([-0.1, -72, -112], [0.1, -68, -132], 5), 'cartilage'),
    layers(
      without(
        ellipsoid(socket, [r + 3.2, r + 3.2, r + 3.2]),
        ellipsoid([socket[0] + s * 30, socket[1] - 8, socket[2] - 30], [30, 30, 30]),
      ),
      [
        [0, 'corticalBone'],
        [1.2, 'cartilage'],
      ],
    ),
  ];
}

function femur(s: number, wide: number, r: number, frame: Frame): Paint[] {
  const x = (v: number) => s * v * wide;
  const head: Vec3 = [x(HIP[0]), HIP[1], HIP[2]];
  const trochanter: Vec3 = [x(136), 8, -118];
  const shaft: Vec3 = [x(128), 2, -160];
  const far: Vec3 = [x(112), -8, -430];
  const whole = [
    ellipsoid(head, [r, r, r]),
    segment([x(100), -6, -98], [x(124), 2, -118], 15, 18),
    segment(trochanter, [x(138), 10, -100], 17, 10),
    segment([x(128), 4, -120], shaft, 21, 17),
    segment(shaft, far, 15.5, 13.5),
    segment([x(112), 18, -158], [x(116), 14, -166], 8),
  ];
  if (frame.patient.pathologies.includes('prosthesis') && s === (frame.patient.side === 'left' ? 1 : -1)) {
    return [
      ...bone(whole.slice(3), 2.4, 'marrow'),
      fill(ellipsoid([head[0] - s * 1, head[1], head[2] + 1], [r + 3, r + 3, r + 3]), 'metal'),
      fill(
        ellipsoid([head[0] + s * 10, head[1] - 2, head[2] - 10], [r - 1, r - 1, r - 1]),
        'muscle',
        undefined,
      ),
      fill(ellipsoid(head, [r - 5, r - 5, r - 5]), 'metal'),
      fill(segment(head, [x(122), 2, -122], 7.5, 9), 'metal'),
      fill(segment([x(122), 2, -122], [x(121), -2, -250], 9.5, 5.5), 'metal'),
    ];
  }
  return [
    ...bone(whole, 1.6, 'fattyBone'),
    fill(segment(shaft, far, 15.5, 13.5), 'corticalBone'),
    fill(grow(segment([x(127.5), 1, -150], far, 15.5, 13.5), -5.5), 'marrow'),
  ];
}
