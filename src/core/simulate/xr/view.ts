/** Positions of focus, patient and detector for a view. */
import { extent, middle } from '../plane.ts';
import type { Body, Grid, Vec3 } from '../volume.ts';
import { isMammogram, type XrProtocol } from './protocol.ts';

export type Setup = {
  /** Directions of a row and a column of the detector, and from the detector towards the focus. */
  axes: Grid['axes'];
  /** The point of the patient above the middle of the detector. */
  centre: Vec3;
  /** From the detector to that point, mm. */
  rise: number;
  /** Thickness of the patient along the beam, mm. */
  depth: number;
};

/** From the patient's surface to the detector: the detector's cover and the grid. */
const GAP = 25;

export function setupOf(body: Body, protocol: XrProtocol): Setup {
  const axes = axesOf(protocol);
  const depth = extent(body, axes[2]);
  const box = middle(body);
  const centre = protocol.centre ?? (isMammogram(protocol.view) ? wall(body, protocol, axes[0]) : box);
  const off = axes[2].reduce((sum, part, d) => sum + part * (centre[d] - box[d]), 0);
  return { axes, centre, rise: depth / 2 + GAP + off, depth };
}

function axesOf({ view, angle, marker }: XrProtocol): Grid['axes'] {
  const down: Vec3 = [0, 0, -1];
  if (view === 'PA') return [[1, 0, 0], down, [0, 1, 0]];
  if (view === 'LATERAL') return [[0, 1, 0], down, [-1, 0, 0]];
  if (isMammogram(view)) {
    // Lateral or the armpit is up, and the chest wall is on the side of the breast, as films are hung.
    return marker === 'L'
      ? [
          [0, -1, 0],
          [-1, 0, 0],
          [0, 0, 1],
        ]
      : [
          [0, 1, 0],
          [1, 0, 0],
          [0, 0, 1],
        ];
  }
  const turn = view === 'OBLIQUE' ? (angle * Math.PI) / 180 : 0;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [[cos, sin, 0], down, [sin, -cos, 0]];
}

/** Centre of the view: the middle of the detector is half its width from the chest wall. */
function wall(body: Body, { columns, pitch }: XrProtocol, across: Vec3): Vec3 {
  const [x, , z] = middle(body);
  const half = (columns * pitch) / 2;
  return [x, body.bounds.high[1] - Math.abs(across[1]) * (half - 2), z];
}
