/** The organs of the upper abdomen: liver, gall bladder, spleen, pancreas, kidneys, and the great vessels and psoas. */
import { by, byRim, fill, layers, only, type Paint } from '../paint.ts';
import { blend, grow, half, meet, place, rough, soften, without } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { segment, spline, tube } from '../shape/segment.ts';
import { cross, type Shape, unit, vec } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Vec3 } from '../volume.ts';
import { chestRoom, domes } from './diaphragm.ts';
import type { Frame } from './frame.ts';
import { belly } from './room.ts';
import { scatter, tree } from './tree.ts';

/** The space of the abdomen: below the diaphragm and inside the abdominal wall. */
export function abdominalRoom(frame: Frame): Paint[] {
  const under = meet(domes(frame), chestRoom(frame));
  const room = belly(frame);
  return [
    layers(
      under,
      [
        [0, 'muscle'],
        [2.6, 'fat'],
      ],
      only('lung', 'fat', 'blood', 'muscle', 'air'),
    ),
    fill({ ...room, box: { low: room.box.low, high: [room.box.high[0], room.box.high[1], 165] } }, 'fat'),
  ];
}

export function viscera(frame: Frame): Paint[] {
  return [...backWall(frame), ...kidneys(frame), ...liver(frame), ...spleen(frame), ...pancreas(frame)];
}

/** Psoas, aorta, inferior vena cava and the iliac vessels. */
function backWall(frame: Frame): Paint[] {
  const y = frame.spineY;
  const paints: Paint[] = [];
  for (const s of [-1, 1]) {
    const line: Vec3[] = [
      [s * 26, y(170) + 6, 172],
      [s * 36, y(110) + 10, 110],
      [s * 48, y(50) + 6, 50],
      [s * 62, y(0) - 14, 0],
      [s * 78, -30, -50],
      [s * 84, -30, -100],
    ];
    const size = frame.patient.sex === 'F' ? 0.85 : 1;
    paints.push(
      ...tube(spline(line, 3), (t) => (9 + 15 * Math.sin(Math.min(1, t * 1.25) * 1.9)) * size).map((shape) =>
        fill(shape, 'muscle'),
      ),
    );
    // Quadratus lumborum.
    paints.push(fill(segment([s * 62, y(150) + 22, 165], [s * 78, y(40) + 24, 30], 10, 14), 'muscle'));
  }
  const wide = 1 + Math.max(0, frame.patient.age - 40) * 0.006;
  const aorta = tube(
    [200, 160, 120, 80, 48].map((z): Vec3 => [9 - (200 - z) * 0.03, y(z) - 30, z]),
    (t) => (10.5 - 2 * t) * wide,
  );
  const cava = tube(
    [235, 180, 120, 60, 44].map((z): Vec3 => [-24 + (z > 200 ? -4 : 0), y(z) - (z > 180 ? 32 : 27), z]),
    () => 11,
  );
  const iliac = [-1, 1].flatMap((s) => [
    ...tube(
      spline(
        [
          [4, y(48) - 30, 50],
          [s * 34, y(10) - 30, 5],
          [s * 68, -38, -40],
          [s * 84, -76, -105],
          [s * 86, -74, -170],
        ],
        3,
      ),
      () => 5.4 * wide,
    ),
    ...tube(
      spline(
        [
          [-18, y(48) - 26, 46],
          [s * 36, y(10) - 22, 0],
          [s * 68, -26, -42],
          [s * 76, -68, -105],
          [s * 76, -66, -170],
        ],
        3,
      ),
      () => 6.5,
    ),
  ]);
  for (const shape of [...aorta, ...iliac]) paints.push(fill(grow(shape, 1.3), 'muscle'));
  for (const shape of [...cava, ...aorta, ...iliac]) paints.push(fill(shape, 'blood'));
  if (frame.patient.age > 58) {
    const limit = 0.75 - (frame.patient.age - 58) * 0.011;
    for (const shape of [...aorta, ...iliac.slice(0, 8)]) {
      paints.push(
        byRim(grow(shape, 1.1), 1.4, (x, y1, z) =>
          frame.noise(x * 0.22, y1 * 0.22, z * 0.22) > limit ? TISSUE.corticalBone : -1,
        ),
      );
    }
  }
  return paints;
}

function liver(frame: Frame): Paint[] {
  const big = frame.dice.between(0.95, 1.05);
  const under = grow(domes(frame), -3.5);
  const right = ellipsoid([-66, 4, 178], [65 * big, 87 * big, 95 * big]);
  const left = ellipsoid([4, -50, 205], [74 * big, 40 * big, 46 * big]);
  const visceral = half([-40, 10, 138], vec(0.34, 0.28, -0.9));
  const bulk = meet(
    belly(frame),
    without(blend(right, left, 30), ellipsoid([-12, 52, 190], [34, 44, 90])),
    under,
  );
  const whole = soften(bulk, visceral, 26);
  const shape = rough(whole, frame.noise, 40, 2.5);
  const inside = (x: number, y: number, z: number) => whole.at(x, y, z) < -5;
  const points = (n: number) => scatter(frame.dice, n, [-135, -90, 80], [75, 95, 270], inside);
  const portal = tree({ root: [-24, -12, 170], points: points(110), thick: 6.5, thin: 0.8 });
  const hepatic = tree({ root: [-26, 6, 232], points: points(80), thick: 6, thin: 0.8 });
  const paints: Paint[] = [
    fill(shape, 'liver'),
    ...[...portal, ...hepatic].map((vessel) => fill(vessel, 'blood', only('liver'))),
    fill(segment([-24, -12, 170], [-6, -14, 142], 6.5), 'blood'),
    layers(ellipsoid([-52, -52, 142], [17, 19, 33]), [
      [0, 'muscle'],
      [1.6, 'water'],
    ]),
  ];
  if (frame.patient.pathologies.includes('stone'))
    paints.push(fill(ellipsoid([-52, -44, 124], [6, 6, 5]), 'corticalBone'));
  if (frame.patient.pathologies.includes('lesion')) {
    for (const at of points(1 + frame.dice.integer(3))) {
      const r = frame.dice.between(7, 20);
      paints.push(fill(rough(ellipsoid(at, [r, r, r]), frame.noise, 8, 2), 'lesion', only('liver', 'blood')));
    }
  }
  return paints;
}

function spleen(frame: Frame): Paint[] {
  const big = frame.dice.between(0.9, 1.1);
  const long = unit(vec(0.35, -0.35, -0.75));
  const side = unit(cross(long, vec(0.8, 0.6, 0)));
  const axes = [unit(cross(side, long)), side, long] as const;
  const ball = place(ellipsoid([0, 0, 0], [25 * big, 42 * big, 58 * big]), [98, 42, 200], axes);
  const inner = without(ball, ellipsoid([58, 18, 200], [36, 42, 52]));
  return [fill(meet(rough(inner, frame.noise, 30, 2), grow(domes(frame), -3.5), belly(frame)), 'spleen')];
}

function pancreas(frame: Frame): Paint[] {
  const y = frame.spineY;
  const line: Vec3[] = [
    [-30, y(130) - 46, 122],
    [-26, y(145) - 52, 146],
    [0, y(150) - 62, 158],
    [34, y(165) - 52, 168],
    [66, y(175) - 18, 182],
    [84, y(180) + 2, 190],
  ];
  const tubes = tube(spline(line, 4), (t) => 13 - 7 * Math.sin(Math.min(1, t * 1.6) * 1.5) + 2 * t);
  return [
    ...tubes.map((shape) => fill(rough(shape, frame.noise, 7, 2.4), 'pancreas')),
    // The splenic vein runs behind the pancreas; the superior mesenteric vessels run in front of the uncinate process.
    ...tube(
      spline(
        line.slice(2).map(([a, b, c]): Vec3 => [a, b + 10, c + 2]),
        3,
      ),
      () => 4,
    ).map((shape) => fill(shape, 'blood')),
    ...tube(
      [
        [-8, y(150) - 50, 155],
        [-8, y(100) - 52, 90],
      ],
      () => 5.5,
    ).map((shape) => fill(shape, 'blood')),
    ...tube(
      [
        [8, y(150) - 34, 160],
        [8, y(100) - 50, 90],
      ],
      () => 3.6,
    ).map((shape) => fill(shape, 'blood')),
  ];
}

function kidneys(frame: Frame): Paint[] {
  const paints: Paint[] = [];
  const size = (frame.patient.sex === 'F' ? 0.97 : 1.02) * frame.dice.between(0.94, 1.06);
  for (const s of [-1, 1]) {
    const z = (s < 0 ? 138 : 152) + frame.dice.between(-5, 5);
    const at: Vec3 = [s * (60 + frame.belly * 0.25), frame.spineY(z) + 20, z];
    // The upper pole tilts towards the spine and backwards; the hilum faces forwards and medially.
    const long = unit(vec(-s * 0.24, 0.2, 1));
    const out = unit(vec(s * 0.8, 0.6, 0.1));
    const third = unit(cross(long, out));
    const axes = [unit(cross(third, long)), third, long] as const;
    const put = (shape: Shape) => place(shape, at, axes);
    const whole = ellipsoid([0, 0, 0], [27 * size, 30 * size * 0.9, 56 * size]);
    const sinus = ellipsoid([-14 * size, 0, 0], [19 * size, 12 * size, 34 * size]);
    paints.push(
      fill(
        put(
          rough(
            without(whole, ellipsoid([-34 * size, 0, 0], [20 * size, 10 * size, 18 * size])),
            frame.noise,
            18,
            1.4,
          ),
        ),
        'kidney',
      ),
      by(
        put(sinus),
        (x, y, z1) => (frame.noise(x * 0.16, y * 0.16, z1 * 0.16) > -0.16 ? TISSUE.fat : -1),
        only('kidney'),
      ),
      ...[-20, 0, 20].map((c) => fill(put(segment([-16, 0, c * 0.4], [-5, 0, c], 5, 3.4)), 'urine')),
      fill(put(ellipsoid([-22, 0, 0], [8, 6, 11])), 'urine'),
      ...tube(
        [
          [at[0] - s * 22, at[1] - 12, z],
          [at[0] - s * 40, frame.spineY(z) - 22, z + 2],
          [s * 8, frame.spineY(z) - 28, z + 6],
        ],
        () => 4.6,
      ).map((shape) => fill(shape, 'blood')),
      // The ureter in front of the psoas.
      ...tube(
        spline(
          [
            [at[0] - s * 24, at[1] - 4, z - 8],
            [s * 40, frame.spineY(60) - 22, 60],
            [s * 46, frame.spineY(0) - 24, 0],
            [s * 52, 20, -60],
            [s * 18, 8, -100],
          ],
          3,
        ),
        () => 2,
      ).map((shape) => fill(shape, 'urine')),
      // Adrenal gland.
      fill(
        segment([at[0] - s * 18, at[1] - 6, z + 46], [at[0] - s * 24, at[1] - 14, z + 62], 3.5, 2.5),
        'gland',
      ),
    );
    if (frame.patient.pathologies.includes('stone') && s > 0)
      paints.push(fill(put(ellipsoid([-8, 0, -18], [4, 3.5, 4])), 'corticalBone'));
  }
  return paints;
}
