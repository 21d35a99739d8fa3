/** The rib cage with sternum, the shoulder girdle and the bones of the arms. */
import { fill, only, type Paint, unprojected } from '../paint.ts';
import { blend, grow } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { type Shape, vec } from '../shape/shape.ts';
import type { Solid, Tube, Vec3 } from '../volume.ts';
import { bone, solid } from './bone.ts';
import { type Frame, VERTEBRAE } from './frame.ts';

/** For each rib: its drop from back to front (mm), and the angle at which the bone ends (rad from the spine). */
const RIBS: readonly (readonly [drop: number, end: number])[] = [
  [32, 2.55],
  [52, 2.55],
  [72, 2.55],
  [86, 2.5],
  [96, 2.45],
  [104, 2.4],
  [110, 2.3],
  [112, 2.15],
  [110, 2.05],
  [104, 1.95],
  [80, 1.45],
  [46, 1.0],
];

/** Positions along the humerus, as shares of the distance from its head to the elbow. */
const SHAFT_AT = [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** The shaft of a bone within muscle. */
const SHAFT = { shell: 'corticalBone', core: 'trabecularBone', instead: 'muscle' } as const;

/** Height of the sternum where the cartilage of ribs 1 to 7 joins it. */
const JOINTS = [424, 402, 382, 362, 343, 326, 312, 304, 298, 292];

export function ribs(frame: Frame): { paints: Paint[]; lines: Vec3[][]; tubes: Tube[] } {
  const shells: Shape[] = [];
  const cartilage: Shape[] = [];
  const lines: Vec3[][] = [];
  const wide = 6.6;
  RIBS.forEach(([drop, end], n) => {
    const { z: top, height } = VERTEBRAE.find(({ name }) => name === `T${n + 1}`)!;
    for (const side of [-1, 1]) {
      const at = (angle: number): Vec3 => {
        const share = angle / 2.55;
        const z = top + height * 0.3 - drop * (2.55 / end) ** 0.5 * share ** 1.35;
        const r = frame.cage(z, side * Math.sin(angle), Math.cos(angle));
        return [side * Math.sin(angle) * r, Math.cos(angle) * r, z];
      };
      const steps = Math.max(6, Math.round(end * 7));
      const points: Vec3[] = [
        [side * 17, frame.spineY(top) + 9, top + height * 0.45],
        [side * 30, Math.min(frame.spineY(top) + 32, at(0.35)[1]), top + height * 0.35],
      ];
      for (let s = 0; s <= steps; s++) points.push(at(0.5 + ((end - 0.5) * s) / steps));
      lines.push(points);
      for (let s = 0; s + 1 < points.length; s++) {
        const narrow = s < 2 ? 0.65 : 1;
        shells.push(flat(points[s], points[s + 1], vec(0, 0, 1), [wide * narrow, wide], [3.9, 3.9]));
      }
      const last = points[points.length - 1];
      const joint = JOINTS[n];
      if (joint) {
        const front = -frame.cage(joint, 0, -1) - 1;
        const stop: Vec3 =
          n < 7
            ? [side * 20, front, joint]
            : [side * (24 + (n - 6) * 14), front + (n - 6) * 4, joint - (n - 6) * 12];
        const low = Math.min(last[2], joint) - (n > 4 ? 6 : 0);
        const middle: Vec3 = [
          (last[0] * 0.55 + stop[0] * 0.45) * 1.02,
          last[1] * 0.4 + stop[1] * 0.6 - 2,
          low * 0.7 + joint * 0.3,
        ];
        cartilage.push(...tube(spline([last, middle, stop], 5), () => 5.5));
      }
    }
  });
  const front = (z: number) => -frame.cage(z, 0, -1) - 2;
  const sternum = [
    flat([0, front(434), 434], [0, front(398), 398], vec(1, 0, 0), [30, 20], [6.5, 6]),
    flat([0, front(392), 392], [0, front(300), 300], vec(1, 0, 0), [16, 20], [5.5, 5.5]),
    flat([0, front(292), 292], [0, front(272) - 2, 272], vec(1, 0, 0), [8, 4], [3, 3]),
  ];
  const tubes = lines
    .map((points) => spline(points, 2))
    .map(
      (line): Tube => ({
        ...SHAFT,
        points: line,
        radii: line.map((_, n) => [n < 5 ? wide * (0.65 + 0.07 * n) : wide, 3.9]),
        across: vec(0, 0, 1),
        walls: line.map(() => 0.8),
      }),
    );
  return {
    lines,
    tubes,
    paints: [
      ...cartilage.map((shape) => fill(shape, 'cartilage')),
      ...unprojected(bone(shells, 1.3)),
      ...bone(sternum, 1.2),
    ],
  };
}

/** Clavicle, scapula and humerus of both sides. Raised arms rotate the scapulae outwards and lift the shoulders. */
export function shoulders(frame: Frame): { paints: Paint[]; tubes: Tube[]; solids: Solid[] } {
  const up = frame.patient.posture.arms === 'up';
  const shells: Shape[] = [];
  const plates: Shape[] = [];
  const marrow: Shape[] = [];
  const clavicles: Shape[] = [];
  const shafts: Shape[] = [];
  const solids: Solid[] = [];
  const tubes: Tube[] = [];
  for (const s of [-1, 1]) {
    const lift = up ? 22 : 0;
    const clavicle: Vec3[] = [
      [s * 20, -44, 437],
      [s * 60, -42, 444 + lift * 0.3],
      [s * 105, -16, 450 + lift * 0.6],
      [s * 145, 4, 452 + lift],
    ];
    const line = spline(clavicle, 5);
    const thick = (t: number) => 5.6 + 2 * (t - 0.5) ** 2 * 4;
    clavicles.push(...tube(line, thick));
    tubes.push({
      ...SHAFT,
      points: line,
      radii: line.map((_, n) => [thick(n / (line.length - 1)), thick(n / (line.length - 1))]),
      across: vec(0, 0, 1),
      walls: line.map(() => 1.6),
    });
    const out = up ? 22 : 0;
    const glenoid: Vec3 = [s * (140 + out * 0.3), 26, 424 + lift];
    const medial: Vec3 = [s * (74 + out), 84 - out * 0.5, 410];
    const angle: Vec3 = [s * (84 + out), 92 - out * 0.5, 318 + lift * 0.3];
    const upper: Vec3 = [s * (88 + out * 0.6), 54, 440 + lift * 0.5];
    const mid = (p: Vec3, q: Vec3, t: number): Vec3 => [
      p[0] + (q[0] - p[0]) * t,
      p[1] + (q[1] - p[1]) * t,
      p[2] + (q[2] - p[2]) * t,
    ];
    // The body of the scapula: strips from its inferior angle up to the neck and the superior border.
    for (const t of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      plates.push(flat(angle, mid(medial, glenoid, t), vec(s, -0.6, 0), [5, 15], [2.2, 2.2]));
      plates.push(
        flat(mid(medial, glenoid, t * 0.8), mid(medial, upper, 0.95), vec(s, -0.6, 0), [14, 8], [2, 2]),
      );
    }
    const acromion: Vec3 = [s * (158 + out * 0.2), 22, 452 + lift];
    shells.push(
      ...tube([angle, mid(angle, glenoid, 0.5), glenoid], (t) => 3.5 + 2.5 * t),
      ...tube(
        [medial, mid([medial[0], medial[1] + 4, medial[2] + 10], acromion, 0.5), acromion],
        (t) => 3.6 + 3 * t,
      ),
      segment(glenoid, [s * 124, 36, 426 + lift], 12, 7),
      ...tube(
        [
          [s * 128, 18, 438 + lift],
          [s * 132, -6, 444 + lift],
          [s * 142, -14, 436 + lift],
        ],
        () => 5.5,
      ),
    );
    const head: Vec3 = [s * 167, 20, 424 + lift];
    const elbow: Vec3 = up ? [s * 190, -5, 720] : [s * 215, 22, 120];
    const neck = mid(head, elbow, 0.1);
    const upperEnd = [
      ellipsoid(head, [23, 23, 23]),
      segment([head[0] + s * 6, head[1], head[2]], [neck[0] + s * 4, neck[1], neck[2]], 21, 15),
    ];
    marrow.push(...upperEnd);
    const along = vec(0, 0, 1);
    solids.push(solid(blend(upperEnd[0], upperEnd[1], 4), 1, { along, core: 'fattyBone', detail: 3 }));
    shafts.push(
      segment([neck[0] + s * 4, neck[1], neck[2]], mid(head, elbow, 0.3), 14, 11.5),
      segment(mid(head, elbow, 0.3), elbow, 11.5, 11.5),
    );
    tubes.push({
      ...SHAFT,
      points: SHAFT_AT.map((t): Vec3 => {
        const p = mid(head, elbow, t);
        return [p[0] + s * Math.max(0, 0.3 - t) * 20, p[1], p[2]];
      }),
      radii: SHAFT_AT.map((t) => Math.max(11.5, 16.5 - (t - 0.1) * 27)).map((r) => [r, r]),
      across: vec(1, 0, 0),
      walls: SHAFT_AT.map((t) => 0.4 + Math.min(3.4, 17 * (t - 0.1))),
      core: 'marrow',
    });
  }
  const paints = [
    ...unprojected([
      ...bone(marrow, 1.6, 'fattyBone'),
      ...shafts.map((shape) => fill(shape, 'corticalBone')),
      ...shafts.map((shape) => fill(grow(shape, -4.5), 'marrow')),
    ]),
    ...plates.map((shape) => fill(shape, 'corticalBone')),
    ...bone(shells, 1.4),
    ...unprojected(bone(clavicles, 1.6)),
  ];
  return { paints, tubes, solids };
}

/** A rib with a lateral fracture: blood fills a gap, and the piece in front of the gap is lower. */
export function brokenRib(frame: Frame, { lines, tubes }: ReturnType<typeof ribs>) {
  const n = 8 + frame.dice.integer(8);
  const at = Math.floor(lines[n].length * 0.6);
  const gap = fill(ellipsoid(lines[n][at], [10, 1.3, 12]), 'blood', only('corticalBone', 'trabecularBone'));
  const piece = (from: number, to: number, drop: number): Tube => ({
    ...tubes[n],
    points: tubes[n].points.slice(2 * from, 2 * to).map(([x, y, z]) => [x, y, z - drop]),
    radii: tubes[n].radii.slice(2 * from, 2 * to),
    walls: tubes[n].walls.slice(2 * from, 2 * to),
  });
  return {
    paints: [gap],
    tubes: [...tubes.filter((_, other) => other !== n), piece(0, at + 1, 0), piece(at, lines[n].length, 4)],
  };
}
