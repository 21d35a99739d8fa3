import { half, meet, raised, union } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { polar } from '../shape/polar.ts';
import { type Shape, vec } from '../shape/shape.ts';
import type { Frame } from './frame.ts';
import { shared } from './shared.ts';

/** The domes of the diaphragm: all space under them belongs to the abdomen. */
export const domes = shared((frame: Frame): Shape => {
  const { broad, patient } = frame;
  // In upright patients a deep breath lowers the domes. In heavy patients the domes are higher.
  const shift =
    (patient.posture.lie === 'upright' ? -14 : 4) + Math.min(14, frame.belly * 0.5) + frame.breath;
  const top = union(
    ellipsoid([-64 * broad, -2, 160 + shift], [74 * broad, 92, 106]),
    ellipsoid([64 * broad, 2, 158 + shift], [74 * broad, 92, 95]),
    ellipsoid([0, -14, 168 + shift], [96 * broad, 84, 80]),
  );
  return raised(top, 160 + shift);
});

/** Inside of the chest wall. The pleura ends higher at the front than at the back. */
export function cavity(frame: Frame): Shape {
  return meet(chestRoom(frame), half([0, 0, 200], vec(0, -0.42, -1)));
}

/** The space that the ribs enclose. */
export const chestRoom = shared(
  (frame: Frame): Shape =>
    polar({
      low: 150,
      high: 462,
      centre: () => [0, 0],
      radius(z, cos, sin) {
        const r = frame.cage(z, cos, sin) - 6.5;
        // The top closes like a cone.
        return z > 430 ? r * Math.sqrt(Math.max(0.02, 1 - ((z - 430) / 34) ** 2)) : r;
      },
    }),
);

/** Back muscles between the vertebral processes, behind the vertebral bodies. The lungs end beside these muscles. */
export function gutter(frame: Frame): Shape {
  return {
    box: { low: [-44, 20, 112], high: [44, 112, 470] },
    slope: 1.3,
    at: (x, y, z) => Math.max((frame.spineY(z) + 15 + Math.abs(x) * 0.72 - y) * 0.8, Math.abs(x) - 43),
  };
}
