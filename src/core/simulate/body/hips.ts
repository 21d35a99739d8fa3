/** The bones of the pelvis: sacrum, hip bones with acetabula, femora. */
import { fill, layers, type Paint, projected, unprojected } from '../paint.ts';
import { blend, grow, union, without } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { type Shape, unit, vec } from '../shape/shape.ts';
import type { Solid, Vec3 } from '../volume.ts';
import { bone, solid } from './bone.ts';
import type { Frame } from './frame.ts';
import { ilium } from './ilium.ts';

/** Centre of the left femoral head, mm; its radius is 24.5 in men and 23 in women (diameters 49 and 46). */
export const HIP: Vec3 = [88, -8, -88];

type Bones = { paints: Paint[]; solids: Solid[] };

export function hips(frame: Frame): Bones {
  const female = frame.patient.sex === 'F';
  const wide = female ? 1.03 : 1;
  const r = female ? 23 : 24.5;
  const paints: Paint[] = [];
  const shells: Shape[] = [];
  // Sacrum: five segments along a curve. It narrows downwards and has alae at the top.
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
  const holes: Shape[] = [];
  // Sacral foramina and sacral canal.
  for (const [y, z] of [
    [42, -24],
    [56, -50],
    [68, -76],
  ]) {
    for (const s of [-1, 1]) holes.push(segment([s * 17, y - 16, z], [s * 16, y + 6, z], 4.2));
  }
  holes.push(
    ...tube(
      [
        [0, 50, 4],
        [0, 66, -34],
        [0, 80, -66],
      ],
      (t) => 8 - 4 * t,
    ),
  );
  paints.push(...unprojected([...bone(shells, 1.5), ...holes.map((shape) => fill(shape, 'fat'))]));
  const down = unit(vec(0, 0.5, -1));
  const solids = [
    solid(union(...shells), 1.2, { along: down, instead: 'fat', detail: 3 }),
    ...holes.map((shape) => solid(shape, 0, { along: down, core: 'fat', instead: 'trabecularBone' })),
  ];
  for (const s of [-1, 1]) {
    for (const part of [hipBone(s, wide, r), femur(s, wide, r, frame)]) {
      paints.push(...part.paints);
      solids.push(...part.solids);
    }
  }
  return { paints, solids };
}

function hipBone(s: number, wide: number, r: number): Bones {
  const x = (v: number) => s * v * wide;
  const socket: Vec3 = [x(HIP[0]), HIP[1], HIP[2]];
  const ring: Shape[] = [
    // Body around the acetabulum, superior and inferior pubic ramus, ischium.
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
  ];
  const wing = ilium(s, wide);
  const cup = without(
    ellipsoid(socket, [r + 3.2, r + 3.2, r + 3.2]),
    ellipsoid([socket[0] + s * 30, socket[1] - 8, socket[2] - 30], [30, 30, 30]),
  );
  const symphysis = segment([-0.1, -72, -112], [0.1, -68, -132], 5);
  const whole = without(
    blend(
      ring.reduce((a, b) => blend(a, b, 6)),
      wing,
      8,
    ),
    union(ellipsoid(socket, [r + 2, r + 2, r + 2]), symphysis),
  );
  return {
    paints: [
      ...unprojected(bone([...ring, wing], 1.6)),
      fill(symphysis, 'cartilage'),
      ...unprojected([
        layers(cup, [
          [0, 'corticalBone'],
          [1.2, 'cartilage'],
        ]),
      ]),
      ...projected([fill(grow(cup, -1.2), 'cartilage')]),
    ],
    solids: [solid(whole, 1.4, { along: unit(vec(s * 0.5, -0.2, 1)), detail: 3 })],
  };
}

function femur(s: number, wide: number, r: number, frame: Frame): Bones {
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
  const thick = { from: vec(0, 0, -100), to: vec(0, 0, -190), thick: [1.1, 5.5] };
  const smooth = (shapes: readonly Shape[]) => shapes.reduce((a, b) => blend(a, b, 8));
  const along = unit(vec(s * 0.25, 0, -1));
  if (frame.patient.pathologies.includes('prosthesis') && s === (frame.patient.side === 'left' ? 1 : -1)) {
    const metal = (shape: Shape): Solid =>
      solid(shape, 1e3, { along, shell: 'metal', core: 'metal', detail: 2 });
    const cup = without(
      ellipsoid([head[0] - s * 1, head[1], head[2] + 1], [r + 3, r + 3, r + 3]),
      ellipsoid([head[0] + s * 10, head[1] - 2, head[2] - 10], [r - 1, r - 1, r - 1]),
    );
    const stem = [
      ellipsoid(head, [r - 5, r - 5, r - 5]),
      segment(head, [x(122), 2, -122], 7.5, 9),
      segment([x(122), 2, -122], [x(121), -2, -250], 9.5, 5.5),
    ];
    const rest = smooth(whole.slice(2));
    return {
      paints: [
        ...unprojected([
          ...bone(whole.slice(3), 2.4, 'marrow'),
          ...[cup, ...stem].map((shape) => fill(shape, 'metal')),
        ]),
        ...projected([fill(rest, 'muscle')]),
      ],
      solids: [
        solid(rest, thick, { along, core: 'fattyBone', detail: 3 }),
        metal(cup),
        metal(union(...stem)),
      ],
    };
  }
  return {
    paints: [
      ...unprojected([
        ...bone(whole, 1.6, 'fattyBone'),
        fill(segment(shaft, far, 15.5, 13.5), 'corticalBone'),
        fill(grow(segment([x(127.5), 1, -150], far, 15.5, 13.5), -5.5), 'marrow'),
      ]),
      ...projected([fill(union(...whole), 'muscle')]),
    ],
    solids: [solid(smooth(whole), thick, { along, core: 'fattyBone', detail: 3 })],
  };
}
