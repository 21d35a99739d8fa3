/** The beam at the detector without a patient: heel effect, collimator and lead letter. */
import type { Noise } from '../chance.ts';
import { lead } from './marker.ts';
import { isMammogram, type XrProtocol } from './protocol.ts';

/** Share of the beam that passes the collimator's lead, and that of the letter. */
const SHUTTER = 0.002;
const LETTER = 0.03;
/** Width of the shutter's shadow edge, mm. */
const PENUMBRA = 1.2;

/** Beam at each pixel as a share of the beam in the middle. */
export function openField(protocol: XrProtocol, source: Noise): Float32Array {
  const { rows, columns, pitch, collimation, collimatorAngle, heel } = protocol;
  const field = new Float32Array(rows * columns);
  const turn = (collimatorAngle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [halfWidth, halfHeight] = [
    (columns * pitch * collimation[0]) / 2,
    (rows * pitch * collimation[1]) / 2,
  ];
  const shut = collimation[0] < 1 || collimation[1] < 1;
  for (let y = 0, at = 0; y < rows; y++) {
    const v = (y - (rows - 1) / 2) * pitch;
    const fall = 1 - heel * (y / rows - 0.5);
    for (let x = 0; x < columns; x++, at++) {
      let open = fall;
      if (shut) {
        const u = (x - (columns - 1) / 2) * pitch;
        const inside = Math.min(
          halfWidth - Math.abs(u * cos + v * sin),
          halfHeight - Math.abs(v * cos - u * sin),
        );
        const share = Math.max(0, Math.min(1, 0.5 + inside / PENUMBRA));
        open *= SHUTTER + (1 - SHUTTER) * share;
      }
      field[at] = open;
    }
  }
  if (protocol.marker) place(field, protocol, protocol.marker, source);
  return field;
}

/** Places the letter near the upper corner on its side, within the collimated field, with a slight tilt. */
function place(field: Float32Array, protocol: XrProtocol, marker: 'L' | 'R', source: Noise): void {
  const { rows, columns, pitch, collimation, markerHeight, view } = protocol;
  const size = markerHeight / pitch;
  const tilt = 0.12 * source.normal();
  const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)];
  const border = (length: number, open: number) =>
    (length * (1 - open)) / 2 + (0.02 + 0.03 * source.uniform()) * length;
  // From the front the patient's right is on the left; a mammogram's letter is away from the chest wall.
  const onLeft = isMammogram(view) ? marker === 'R' : marker === 'R' || view === 'LATERAL';
  const inset = border(columns, collimation[0]);
  const left = onLeft ? inset : columns - inset - 0.65 * size;
  const top = border(rows, collimation[1]);
  const margin = Math.ceil(0.3 * size);
  const lastRow = Math.min(rows - 1, Math.ceil(top + size) + margin);
  const lastColumn = Math.min(columns - 1, Math.ceil(left + size) + margin);
  for (let y = Math.max(0, Math.floor(top) - margin); y <= lastRow; y++) {
    for (let x = Math.max(0, Math.floor(left) - margin); x <= lastColumn; x++) {
      const [u, v] = [(x - left) / size - 0.3, (y - top) / size - 0.5];
      const share = lead(marker, u * cos + v * sin + 0.3, v * cos - u * sin + 0.5, 1.5 / size);
      if (share > 0) field[y * columns + x] *= 1 - share * (1 - LETTER);
    }
  }
}
