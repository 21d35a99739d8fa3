/** Attenuation of four slices of a body on its couch, laid out for the projector. */
import { waterAttenuation } from '../material.ts';
import { voxel } from '../plane.ts';
import { TISSUE } from '../tissue.ts';
import type { Body, Grid, Vec3, Volume } from '../volume.ts';
import { attenuationTable, EFFECTIVE_KEV } from './attenuation.ts';
import { couchOf } from './couch.ts';
import type { CtProtocol } from './protocol.ts';
import type { Scan } from './scan.ts';

/**
 * [y][x][4], 1/mm. `dense` holds the attenuation of bone, iodine and metal beyond that of soft tissue, at half the size
 * because its effect on the beam is small and smooth; null if the slab has no dense tissue.
 */
export type Slab = { all: Float32Array; dense: Float32Array | null };

/** A tissue above this multiple of water's attenuation counts as dense. */
const DENSE = 1.3;

/** Returns a function that gives up to four slices from `first` on; the last slab may have fewer. */
export function slabsOf(
  body: Body,
  protocol: CtProtocol,
  { grid, skin }: Scan,
): (first: number, count: number, tick: (share: number) => void) => Slab {
  const { planes, thickness } = protocol;
  const [columns, rows] = grid.size;
  const table = attenuationTable(protocol.kv, protocol.phase);
  const water = waterAttenuation(EFFECTIVE_KEV[protocol.kv]);
  const share = 1 / planes;
  const couch = couchPlane(skin, protocol, grid, water);

  return (first, count, tick) => {
    const slab: Slab = { all: new Float32Array(columns * rows * 4), dense: null };
    for (let plane = 0; plane < planes; plane++) {
      const off = (((plane + 0.5) / planes - 0.5) * thickness) / grid.spacing[2];
      const part: Grid = {
        ...grid,
        size: [columns, rows, count],
        origin: voxel(grid, 0, 0, first + off),
      };
      const volume = body.sample(part, (done) => tick((plane + done) / planes));
      addPlane(volume, couch, table, share, DENSE * water, slab);
    }
    return slab;
  };
}

/** Adds one plane of each slice. It captures no variables, so that the engine compiles it once for all series. */
function addPlane(
  { grid, tissue, texture }: Volume,
  couch: Float32Array,
  table: Float32Array,
  share: number,
  limit: number,
  slab: Slab,
): void {
  const [columns, rows, count] = grid.size;
  const area = columns * rows;
  const { all } = slab;
  for (let lane = 0; lane < count; lane++) {
    for (let at = 0, from = lane * area, to = lane; at < area; at++, from++, to += 4) {
      const value =
        tissue[from] === TISSUE.air && couch[at] > 0
          ? couch[at]
          : table[tissue[from] * 256 + texture[from] + 128];
      all[to] += value * share;
      const excess = value - limit;
      if (excess > 0) {
        slab.dense ??= new Float32Array((area / 4) * 4);
        const half = (Math.floor(at / columns) >> 1) * (columns >> 1) + ((at % columns) >> 1);
        slab.dense[half * 4 + lane] += (excess * share) / 4;
      }
    }
  }
}

/** Attenuation of the couch, 1/mm; 0 outside it. */
function couchPlane(skin: Vec3, { couch }: CtProtocol, grid: Grid, water: number): Float32Array {
  const [columns, rows, slices] = grid.size;
  const share = couchOf(couch, skin);
  const plane = new Float32Array(columns * rows);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const [x, y] = voxel(grid, i, j, slices / 2);
      plane[j * columns + i] = share(x, y) * water;
    }
  }
  return plane;
}
