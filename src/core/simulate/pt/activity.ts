/** Activity and attenuation of a body for a PET scanner: voxels around the body, blurred by the point spread. */
import type { Tick } from '../acquired.ts';
import { blurAxis, SIGMA_PER_FWHM } from '../blur.ts';
import { attenuations } from '../material.ts';
import { middle, voxel } from '../plane.ts';
import type { Body, Grid } from '../volume.ts';
import type { PtProtocol } from './protocol.ts';
import { uptakeTable } from './uptake.ts';

/** F-18, s (Garcia-Torano, Appl Radiat Isot 2010, 68: 1561). */
export const HALF_LIFE = 6586.2;
/** keV. */
const ANNIHILATION = 511;

/** Bq/ml of SUV 1 at the start of the scan. */
export function unitActivity({ dose, weight, uptakeTime }: PtProtocol): number {
  return ((dose * 1e6) / (weight * 1000)) * 2 ** ((-uptakeTime * 60) / HALF_LIFE);
}

/** Square window of the output grid around the body, or the whole grid. One of its pixels is `factor` output pixels. */
export type Window = { size: number; pixel: number; factor: number; left: number; top: number };

/** Finest pixel that is worth reconstructing, mm: half of the best point-spread function. */
const FINEST = 1.9;

export function windowOf(body: Body, output: Grid, whole: boolean): Window {
  const [pixel] = output.spacing;
  const [columns] = output.size;
  const factor = Math.max(1, Math.round(FINEST / pixel));
  const { low, high } = body.bounds;
  const [x, y] = middle(body);
  const side = Math.max(high[0] - low[0], high[1] - low[1]) + 60;
  const all = Math.floor(columns / factor);
  const size = whole ? all : Math.min(all, 2 * Math.ceil(side / pixel / factor / 2));
  const start = (centre: number, origin: number) =>
    Math.max(
      0,
      Math.min(columns - size * factor, Math.round((centre - origin) / pixel - (size * factor - 1) / 2)),
    );
  return {
    size,
    pixel: pixel * factor,
    factor,
    left: start(x, output.origin[0]),
    top: start(y, output.origin[1]),
  };
}

/** Both [slice][y][x] of the window: Bq/ml after the point-spread function, 1/mm. */
export type Field = { activity: Float32Array; attenuation: Float32Array };

export function fieldOf(body: Body, protocol: PtProtocol, output: Grid, window: Window, tick: Tick): Field {
  const { spacing, slices, resolution, tracer } = protocol;
  const { size, pixel, factor, left, top } = window;
  const sigma = resolution * SIGMA_PER_FWHM;
  // Activity in slices beyond the ends spills into the first and the last.
  const halo = Math.ceil((2.2 * sigma) / spacing);
  const deep = slices + 2 * halo;
  const inset = (factor - 1) / 2;
  const { tissue, texture } = body.sample(
    {
      size: [size, size, deep],
      origin: voxel(output, left + inset, top + inset, -halo),
      axes: output.axes,
      spacing: [pixel, pixel, spacing],
    },
    tick,
  );
  const unit = unitActivity(protocol);
  const table = uptakeTable(tracer).map((suv) => suv * unit);
  const mu = attenuations(ANNIHILATION);
  const activity = new Float32Array(tissue.length);
  for (let at = 0; at < tissue.length; at++) activity[at] = table[tissue[at] * 256 + texture[at] + 128];
  blurAxis(activity, deep * size, size, 1, sigma / pixel);
  blurAxis(activity, deep, size, size, sigma / pixel);
  blurAxis(activity, 1, deep, size * size, sigma / spacing);
  const from = halo * size * size;
  const to = from + slices * size * size;
  const attenuation = new Float32Array(to - from);
  for (let at = from; at < to; at++) attenuation[at - from] = mu[tissue[at]];
  return { activity: activity.subarray(from, to), attenuation };
}
