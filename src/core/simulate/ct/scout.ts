/** The localizer of a CT: a projection along the couch's travel, logarithmic and edge-enhanced as on scanners. */
import type { Random } from '../../random.ts';
import type { Acquired, Tick } from '../acquired.ts';
import { blurPlane } from '../blur.ts';
import { noise } from '../chance.ts';
import { waterAttenuation } from '../material.ts';
import { AXES, extent, gridAt, middle, voxel } from '../plane.ts';
import type { Body, Grid, Vec3 } from '../volume.ts';
import { pathsOf } from '../xr/project.ts';
import { openBeam } from './acquire.ts';
import { attenuationTable, EFFECTIVE_KEV } from './attenuation.ts';
import { couchOf } from './couch.ts';
import type { ScoutProtocol } from './protocol.ts';
import { scoutSettings } from './settings.ts';

/** Number of voxels at which the body is sampled. */
const VOXELS = 150_000;

/** Values are HU-like: −1000 without the patient, 0 behind 15 cm of water. */
export function acquireScout(body: Body, protocol: ScoutProtocol, random: Random, tick?: Tick): Acquired {
  const { kv, mas, matrix, view } = protocol;
  const axes = AXES[view === 'frontal' ? 'coronal' : 'sagittal'];
  const fieldOfView =
    protocol.fieldOfView ?? Math.ceil(1.05 * Math.max(extent(body, axes[0]), extent(body, axes[1])));
  const depth = extent(body, axes[2]) + 2;
  const pixel = fieldOfView / matrix;
  const water = waterAttenuation(EFFECTIVE_KEV[kv]);
  const centre = middle(body);
  // The fan is thin and moves, so the beam is nearly parallel and does not magnify.
  const detector = { distance: 1e6, rows: matrix, columns: matrix, pitch: pixel, voxels: VOXELS };
  const setup = { axes, centre, rise: depth / 2, depth };
  const {
    values: paths,
    columns,
    rows,
    pitch,
    start,
  } = pathsOf(body, detector, setup, attenuationTable(kv, 'none'), (share) => tick?.(0.8 * share));
  const { low, high } = body.bounds;
  const couch = couchOf(protocol.couch, [low[0], high[0], high[1]]);
  // The couch extends along z: one profile serves all rows.
  const below = new Float32Array(matrix);
  for (let x = 0; x < matrix; x++) {
    for (let mm = -depth; mm < depth; mm += 1) {
      const [u, v] = along(centre, axes, (x - (matrix - 1) / 2) * pixel, mm);
      below[x] += couch(u, v) * water;
    }
  }
  const source = noise(random);
  const open = openBeam(kv, mas, pixel * 1.5);
  const values = new Float32Array(matrix * matrix);
  const scale = pixel / pitch;
  const first = ([0, 1] as const).map((n) => ((-(matrix - 1) / 2) * pixel - start[n]) / pitch);
  for (let y = 0, at = 0; y < matrix; y++) {
    const v = first[1] + y * scale;
    const j = Math.floor(v);
    for (let x = 0; x < matrix; x++, at++) {
      const u = first[0] + x * scale;
      const i = Math.floor(u);
      let path = below[x];
      if (i >= 0 && j >= 0 && i < columns - 1 && j < rows - 1) {
        const from = j * columns + i;
        const upper = paths[from] + (u - i) * (paths[from + 1] - paths[from]);
        const lower = paths[from + columns] + (u - i) * (paths[from + columns + 1] - paths[from + columns]);
        path += upper + (v - j) * (lower - upper);
      }
      const counted = source.poisson(open * Math.exp(-path));
      values[at] = Math.log(open / Math.max(1, counted));
    }
  }
  const smooth = values.slice();
  blurPlane(smooth, matrix, matrix, 6 / pixel);
  const unit = 1000 / (150 * water);
  for (let at = 0; at < values.length; at++) {
    values[at] = (values[at] + 0.6 * (values[at] - smooth[at])) * unit - 1000;
  }
  tick?.(1);
  return {
    modality: 'CT',
    rows: matrix,
    columns: matrix,
    pixelSpacing: [pixel, pixel],
    orientation: [axes[0], axes[1]],
    sliceThickness: depth,
    frames: [
      {
        values,
        position: voxel(gridAt(middle(body), axes, [matrix, matrix, 1], [pixel, pixel, 1]), 0, 0, 0),
      },
    ],
    settings: scoutSettings(protocol),
  };
}

/** x and y of a point at a distance across the beam and a depth along it. */
function along(centre: Vec3, axes: Grid['axes'], across: number, deep: number): [number, number] {
  const at = (d: 0 | 1) => centre[d] + axes[0][d] * across + axes[2][d] * deep;
  return [at(0), at(1)];
}
