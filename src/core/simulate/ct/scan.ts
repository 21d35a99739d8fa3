/** Geometry of a CT series: the planes sampled from the body, the measured range around them, and the rays. */
import { gridAt, middle, outline } from '../plane.ts';
import { type Beams, halfTurn } from '../projector.ts';
import type { Body, Grid, Vec3 } from '../volume.ts';
import type { CtProtocol } from './protocol.ts';

export type Scan = {
  /** The pictures. */
  output: Grid;
  /** The projected field: it contains the whole patient, even if a smaller field is reconstructed. */
  grid: Grid;
  beams: Beams;
  /** From the middle of the scan to the middle of the pictures, mm along rows and columns. */
  shift: readonly [number, number];
  /** Side of the reconstructed square, mm. */
  fieldOfView: number;
  /** The patient's edges on the right, on the left and at the back, mm in patient coordinates. */
  skin: Vec3;
};

/** Smallest distance between rays, as a share of the voxel size. */
const FINER = 0.6;

export function scanOf(body: Body, protocol: CtProtocol): Scan {
  const { matrix, slices, spacing } = protocol;
  const about = protocol.centre ?? middle(body);
  const angle = (protocol.tilt * Math.PI) / 180;
  // The couch moves along z at any tilt, so tilted slices are sheared against each other.
  const axes: Grid['axes'] = [
    [1, 0, 0],
    [0, Math.cos(angle), -Math.sin(angle)],
    [0, 0, 1],
  ];
  const [low, high] = outline(body, axes, about, slices * spacing);
  // Without a given centre the slices are centred on the patient.
  const aside = protocol.centre ? 0 : (low[0] + high[0]) / 2;
  const behind = protocol.centre ? 0 : (low[1] + high[1]) / 2;
  const centre: Vec3 = [about[0] + aside, about[1] + behind * axes[1][1], about[2] + behind * axes[1][2]];
  const widest = Math.max(high[0] - low[0], high[1] - low[1]);
  const fieldOfView = protocol.fieldOfView ?? Math.min(500, Math.ceil((widest * 1.08) / 10) * 10);
  const pixel = fieldOfView / matrix;
  const half = fieldOfView / 2;
  const left = Math.min(low[0] - aside, -half);
  const right = Math.max(high[0] - aside, half);
  const front = Math.min(low[1] - behind, -half);
  const back = Math.max(high[1] - behind, half);
  const side = 1.01 * Math.max(right - left, back - front) + 4;
  // Even, so that half the size is a whole number; the number of views is even, too.
  const size = 2 * Math.max(8, Math.min(protocol.detail >> 1, Math.round(side / pixel / 2)));
  const shift = [-(left + right) / 2, -(front + back) / 2] as const;
  const scanCentre: Vec3 = [
    centre[0] - shift[0],
    centre[1] - shift[1] * axes[1][1],
    centre[2] - shift[1] * axes[1][2],
  ];
  // Rays finer than the samples of the body would add only noise.
  const pitch = Math.max(Math.min(pixel, side / size), (FINER * side) / size);
  const views = protocol.views ?? 2 * Math.round(0.55 * Math.max((matrix * pixel) / pitch, size));
  return {
    output: gridAt(centre, axes, [matrix, matrix, slices], [pixel, pixel, spacing]),
    grid: gridAt(scanCentre, axes, [size, size, slices], [side / size, side / size, spacing]),
    // The corners are empty: the patient fits almost wholly within the square's inner circle.
    beams: { angles: halfTurn(views), bins: Math.ceil((1.25 * side) / pitch) | 1, pitch },
    shift,
    fieldOfView,
    skin: [low[0] + about[0], high[0] + about[0], high[1] * axes[1][1] + about[1]],
  };
}
