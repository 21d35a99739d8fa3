/** The magnetic field within a body: it is off resonance where air meets tissue, and a shim removes part of that. */
import { fft, fft2, goodLength } from '../fft.ts';
import { TISSUE } from '../tissue.ts';
import type { Body, Vec3 } from '../volume.ts';

/** Volume susceptibility of tissue minus that of air, SI: −9.05 − 0.36 ppm (Schenck, Med Phys 1996, 23: 815). */
const TISSUE_BY_AIR = -9.41e-6;
/** Share of that susceptibility in the lung, which is mostly air. */
const LUNG = 0.2;
/** mm between the points at which the body is sampled; the field of a cavity is smoother than the cavity. */
const CELL = 6;
/** Cells around the body along each axis: a dipole's field falls with the third power of the distance. */
const AROUND = 12;
/** Largest deviation from resonance that is returned, as a share of the field: near walls the cells are too coarse. */
const MOST = 3e-6;

/** [z][y][x]: deviation from resonance as a share of the field, from the point `low` in steps of CELL. */
export type Field = { low: Vec3; size: Vec3; tissue: Uint8Array; values: Float32Array };

/**
 * Field of the dipoles of all cells, as a product in k-space: δB/B₀ = (1/3 − k_z²/k²) χ (Salomir, Concepts MR B 2003,
 * 19: 26; Marques and Bowtell, ibid. 25: 65). The tissue at the body's upper and lower ends continues beyond them.
 */
export function fieldOf(body: Body): Field {
  const { low, high } = body.bounds;
  const count = (d: 0 | 1 | 2) => Math.max(2, Math.ceil((high[d] - low[d]) / CELL));
  const size: Vec3 = [count(0), count(1), count(2)];
  // The outermost points are half a cell within the body's box.
  const start = (d: 0 | 1 | 2) => (low[d] + high[d] - (size[d] - 1) * CELL) / 2;
  const first: Vec3 = [start(0), start(1), start(2)];
  const axes = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ] as const;
  const { tissue } = body.sample({ size, origin: first, axes, spacing: [CELL, CELL, CELL] });
  const [nx, ny, nz] = size.map((n) => goodLength(n + 2 * AROUND, 4));
  const re = new Float32Array(nx * ny * nz);
  const im = new Float32Array(nx * ny * nz);
  for (let z = 0; z < nz; z++) {
    // First beyond the upper end, then below the lower end, because the transform is periodic.
    const from = z < size[2] ? z : z - size[2] < (nz - size[2]) / 2 ? size[2] - 1 : 0;
    for (let y = 0; y < size[1]; y++) {
      for (let x = 0; x < size[0]; x++) {
        const found = tissue[(from * size[1] + y) * size[0] + x];
        if (found === TISSUE.air) continue;
        re[(z * ny + y) * nx + x] = TISSUE_BY_AIR * (found === TISSUE.lung ? LUNG : 1);
      }
    }
  }
  turn3(re, im, nx, ny, nz, false);
  const wave = (n: number, length: number) => (n <= length / 2 ? n : n - length) / length;
  for (let z = 0, at = 0; z < nz; z++) {
    const kz = wave(z, nz) ** 2;
    for (let y = 0; y < ny; y++) {
      const ky = wave(y, ny) ** 2;
      for (let x = 0; x < nx; x++, at++) {
        const k = wave(x, nx) ** 2 + ky + kz;
        const share = k === 0 ? 0 : 1 / 3 - kz / k;
        re[at] *= share;
        im[at] *= share;
      }
    }
  }
  turn3(re, im, nx, ny, nz, true);
  const values = new Float32Array(tissue.length);
  for (let at = 0; at < values.length; at++) {
    const x = at % size[0];
    const y = Math.trunc(at / size[0]) % size[1];
    const z = Math.trunc(at / (size[0] * size[1]));
    values[at] = re[(z * ny + y) * nx + x];
  }
  return { low: first, size, tissue, values };
}

function turn3(
  re: Float32Array,
  im: Float32Array,
  nx: number,
  ny: number,
  nz: number,
  inverse: boolean,
): void {
  const area = nx * ny;
  for (let z = 0; z < nz; z++) {
    fft2(re.subarray(z * area, (z + 1) * area), im.subarray(z * area, (z + 1) * area), ny, nx, inverse);
  }
  fft(nz)(re, im, area, inverse);
}

/** Spherical harmonics up to second order, which shim coils produce. */
function coilsAt(x: number, y: number, z: number, made: Float64Array): void {
  made[0] = 1;
  made[1] = x;
  made[2] = y;
  made[3] = z;
  made[4] = x * y;
  made[5] = y * z;
  made[6] = x * z;
  made[7] = x * x - y * y;
  made[8] = 2 * z * z - x * x - y * y;
}
const COILS = 9;

/** The shim is computed from one in this many cells. */
const FITTED = 5;

/** The field that remains in the tissue after a least-squares fit of the shim coils. */
export function shimmed({ low, size, tissue, values }: Field): Field {
  const n = COILS;
  const rows = Array.from({ length: n }, () => new Float64Array(n + 1));
  const made = new Float64Array(n);
  const at = (cell: number) => {
    // Relative to the middle and in units near 1, so that the equations are well conditioned.
    const x = (cell % size[0]) / size[0] - 0.5;
    const y = (Math.trunc(cell / size[0]) % size[1]) / size[1] - 0.5;
    const z = Math.trunc(cell / (size[0] * size[1])) / size[2] - 0.5;
    coilsAt(x, y, z, made);
  };
  for (let cell = 0; cell < values.length; cell += FITTED) {
    if (tissue[cell] === TISSUE.air) continue;
    at(cell);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) rows[i][j] += made[i] * made[j];
      rows[i][n] += made[i] * values[cell];
    }
  }
  const currents = solve(rows);
  const left = values.slice();
  for (let cell = 0; cell < left.length; cell++) {
    at(cell);
    for (let i = 0; i < n; i++) left[cell] -= made[i] * currents[i];
    left[cell] = Math.max(-MOST, Math.min(MOST, left[cell]));
  }
  return { low, size, tissue, values: left };
}

/** Solves normal equations, right side in the last column, by Gauss–Jordan elimination; undetermined values are 0. */
function solve(rows: Float64Array[]): number[] {
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    const pivot = rows[i][i];
    if (!(pivot > 1e-9)) {
      rows[i].fill(0);
      continue;
    }
    for (let j = 0; j <= n; j++) rows[i][j] /= pivot;
    for (let k = 0; k < n; k++) {
      const share = rows[k][i];
      if (k === i || share === 0) continue;
      for (let j = 0; j <= n; j++) rows[k][j] -= share * rows[i][j];
    }
  }
  return rows.map((row) => row[n]);
}

/** Interpolates a field between its cells; beyond them it has the value at the edge. */
export function fieldAt({ low, size, values }: Field, x: number, y: number, z: number): number {
  const [nx, ny, nz] = size;
  const u = Math.max(0, Math.min(nx - 1.001, (x - low[0]) / CELL));
  const v = Math.max(0, Math.min(ny - 1.001, (y - low[1]) / CELL));
  const w = Math.max(0, Math.min(nz - 1.001, (z - low[2]) / CELL));
  const i = u | 0;
  const j = v | 0;
  const k = w | 0;
  const a = u - i;
  const b = v - j;
  const c = w - k;
  const at = (k * ny + j) * nx + i;
  const row = (from: number) => values[from] + (values[from + 1] - values[from]) * a;
  const plane = (from: number) => {
    const near = row(from);
    return near + (row(from + nx) - near) * b;
  };
  const near = plane(at);
  return near + (plane(at + nx * ny) - near) * c;
}
