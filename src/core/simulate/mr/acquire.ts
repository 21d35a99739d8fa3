/** MR: the sequence's equation gives the signals of a body's slices; a coil receives them; k-space is measured. */
import type { Random } from '../../random.ts';
import type { Acquired, Frame, Tick } from '../acquired.ts';
import { noise } from '../chance.ts';
import { AXES, extent, gridAt, middle, outline, voxel } from '../plane.ts';
import type { Body, Grid, Vec3, Volume } from '../volume.ts';
import { type Coil, coilOf, sensitivity } from './coil.ts';
import { distortion, echoesOf, emptyParts, GYROMAGNETIC, type Parts, shareOfHertz } from './epi.ts';
import { type Disturbance, lengthsOf, measure } from './kspace.ts';
import type { MrProtocol } from './protocol.ts';
import { settingsOf } from './settings.ts';
import { FULL, signalTables } from './signal.ts';

/** Chemical shift of fat: its protons precess more slowly than those of water by this share. */
const FAT_SHIFT = 3.5e-6;
/**
 * Signal-to-noise ratio of fully relaxed water in 1 mm³ at 1 T, with one line of one sample at 1 Hz a pixel. The values
 * give 1 × 1 × 5 mm at 1.5 T, 224 × 192 lines at 150 Hz in a volume coil 110 (law: Edelstein, MRM 1986, 3: 604).
 */
const SENSITIVITY: Record<MrProtocol['coil'], number> = { body: 0.5, volume: 0.87, surface: 1.4 };
/** Side of the body part for which SENSITIVITY is given, mm. */
const USUAL = 220;
/** The ADC is shown where the signal of the first picture is this many times the noise. */
const SEEN = 6;

/** Signal in arbitrary units; for `adc` the coefficient in 10⁻⁶ mm²/s. */
export function acquireMr(body: Body, protocol: MrProtocol, random: Random, tick?: Tick): Acquired {
  const { matrix, slices, spacing, thickness } = protocol;
  const axes = AXES[protocol.orientation];
  const about = protocol.centre ?? middle(body);
  const [low, high] = outline(body, axes, about, slices * spacing);
  // Without a given centre the slices are centred on the patient.
  const off = ([0, 1] as const).map((n) => (protocol.centre ? 0 : (low[n] + high[n]) / 2));
  const at = (d: 0 | 1 | 2) => about[d] + off[0] * axes[0][d] + off[1] * axes[1][d];
  const centre: Vec3 = [at(0), at(1), at(2)];
  const widest = Math.max(high[0] - low[0], high[1] - low[1]);
  const fieldOfView = protocol.fieldOfView ?? Math.ceil((1.08 * widest) / 10) * 10;
  const pixel = fieldOfView / matrix;
  const output = gridAt(centre, axes, [matrix, matrix, slices], [pixel, pixel, spacing]);
  const source = noise(random);
  const sigma = noiseOf(protocol, fieldOfView, Math.sqrt((high[0] - low[0]) * (high[1] - low[1])));
  const disturbance: Disturbance = {
    sigma,
    // A single shot is too short for motion.
    motion: protocol.sequence === 'DWI' ? 0 : 1.6 * protocol.motion,
    cycle: 0.11 + 0.12 * source.uniform(),
    start: 2 * Math.PI * source.uniform(),
    echoes: protocol.sequence === 'DWI' ? echoesOf(source.uniform) : null,
  };
  const bValues = protocol.sequence === 'DWI' ? protocol.bValues : [0];
  const object = objectOf(body, protocol, output, bValues);
  const series: Float32Array[][] = bValues.map(() => []);
  for (let slice = 0; slice < slices; slice++) {
    object(slice, (share) => tick?.((slice + 0.5 * share) / slices)).forEach((parts, n) => {
      const picture = measure(parts.re, parts.im, lengthsOf(protocol), protocol, disturbance, source);
      series[n].push(cropped(picture, protocol));
    });
    tick?.((slice + 1) / slices);
  }
  const pictures = protocol.adc ? [adcOf(series, bValues, sigma)] : series;
  const frames: Frame[] = pictures.flatMap((all) =>
    all.map((values, slice) => ({ values, position: voxel(output, 0, 0, slice) })),
  );
  return {
    modality: 'MR',
    rows: matrix,
    columns: matrix,
    pixelSpacing: [pixel, pixel],
    orientation: [axes[0], axes[1]],
    sliceThickness: thickness,
    frames,
    settings: settingsOf(protocol),
  };
}

/** Standard deviation of the noise in the real and in the imaginary part of the picture. */
export function noiseOf(protocol: MrProtocol, fieldOfView: number, loaded = USUAL): number {
  const { field, acquired, thickness, averages, bandwidth, coil } = protocol;
  const volume = (fieldOfView / acquired[0]) * (fieldOfView / acquired[1]) * thickness;
  const planes = protocol.volume ? protocol.slices : 1;
  const samples = Math.sqrt(
    (planes * averages * acquired[0] * acquired[1] * protocol.partialFourier) / bandwidth,
  );
  // The noise comes from the patient: a coil around a small body part receives less of it.
  const quiet = Math.max(0.6, Math.min(3, USUAL / loaded)) ** 1.5;
  return (protocol.noise * FULL) / (SENSITIVITY[coil] * quiet * field * volume * samples);
}

/** The object of a slice for each b value, [phase][frequency], wrapped around the measured range along phase. */
function objectOf(
  body: Body,
  protocol: MrProtocol,
  output: Grid,
  bValues: number[],
): (slice: number, tick: (share: number) => void) => Parts[] {
  const { planes, thickness, phase, bandwidth, field, matrix } = protocol;
  const lengths = lengthsOf(protocol);
  const [wide, high] = lengths.object;
  const fine = (output.spacing[0] * lengths.picture[0]) / wide;
  const along = phase === 'columns' ? 1 : 0;
  // Whole numbers of pixels around the middle of the picture, enough for the body along phase.
  const [middleRow, middleColumn] = [(matrix - 1) / 2, (matrix - 1) / 2];
  const reach = reachOf(body, output, along, fine, high);
  const size: [number, number] = along === 1 ? [wide, 2 * reach] : [2 * reach, wide];
  const tables = bValues.map((b) => signalTables(protocol, b));
  const coil = coilOf(body, protocol);
  const fat = FAT_SHIFT * GYROMAGNETIC * field;
  // Echo-planar trains shift fat along phase, and hardly along frequency.
  const distort =
    protocol.sequence === 'DWI'
      ? distortion(body, protocol, { along, wide, high, reach }, fat * shareOfHertz(protocol) * high)
      : undefined;
  const shift = distort ? 0 : (fat / bandwidth) * (wide / lengths.lines[0]);
  const whole = Math.floor(shift);
  const lattice: Lattice = {
    along,
    reach,
    wide,
    high,
    planes,
    tables,
    coil,
    whole,
    part: shift - whole,
    factors: new Float64Array(size[0]),
    cosines: new Float64Array(size[0]),
    sines: new Float64Array(size[0]),
  };

  return (slice, tick) => {
    const centre = voxel(output, middleRow, middleColumn, slice);
    const results = tables.map(() => emptyParts(wide * high));
    const fats = distort ? tables.map(() => emptyParts(wide * high)) : results;
    for (let plane = 0; plane < planes; plane++) {
      const off = ((plane + 0.5) / planes - 0.5) * thickness;
      const normal = output.axes[2];
      const at: Vec3 = [
        centre[0] + off * normal[0],
        centre[1] + off * normal[1],
        centre[2] + off * normal[2],
      ];
      const grid = gridAt(at, output.axes, [size[0], size[1], 1], [fine, fine, 1]);
      const volume = body.sample(grid, (share) => tick((plane + share) / planes));
      addPlane(volume, lattice, results, fats);
    }
    distort?.(gridAt(centre, output.axes, [size[0], size[1], 1], [fine, fine, 1]), results, fats);
    return results;
  };
}

/** All planes of an object share this: the mapping of grid pixels to the object's pixels, and their signals. */
type Lattice = {
  /** 1: rows of the grid run along frequency, 0: along phase. The middle along phase is `reach`. */
  along: 0 | 1;
  reach: number;
  /** Pixels of the object along frequency and phase. */
  wide: number;
  high: number;
  planes: number;
  tables: readonly { water: Float32Array; fat: Float32Array }[];
  coil: Coil;
  /** Pixels by which fat is shifted along frequency: whole pixels, and the remaining fraction. */
  whole: number;
  part: number;
  /** Buffers for the coil's factors and the phases of a row. */
  factors: Float64Array;
  cosines: Float64Array;
  sines: Float64Array;
};

/**
 * Adds the signal of one plane of the slice; water and fat go to the same parts or to separate ones. It captures no
 * variables, so that the engine compiles it once for all series.
 */
function addPlane(
  { grid, tissue, texture }: Volume,
  lattice: Lattice,
  results: readonly Parts[],
  fats: readonly Parts[],
): void {
  const { along, reach, wide, high, planes, tables, coil, whole, part, cosines, sines } = lattice;
  const factors = lattice.factors;
  const [columns, rows] = grid.size;
  const fine = grid.spacing[0];
  const step: Vec3 = [grid.axes[0][0] * fine, grid.axes[0][1] * fine, grid.axes[0][2] * fine];
  for (let j = 0, from = 0; j < rows; j++) {
    const first = voxel(grid, 0, j, 0);
    turnRow(cosines, sines, first, step);
    sensitivity(coil, factors, first, step);
    for (let i = 0; i < columns; i++, from++) {
      if (tissue[from] !== 0) {
        const f = along === 1 ? i : j;
        const p = along === 1 ? j : i;
        // The middle of the object is pixel high / 2.
        const row = ((((p - reach + (high >> 1)) % high) + high) % high) * wide;
        const seen = factors[i] / planes;
        const cos = seen * cosines[i];
        const sin = seen * sines[i];
        const entry = tissue[from] * 256 + texture[from] + 128;
        for (let n = 0; n < tables.length; n++) {
          const { re, im } = results[n];
          const water = tables[n].water[entry];
          re[row + f] += water * cos;
          im[row + f] += water * sin;
          const fat = tables[n].fat[entry];
          if (fat === 0) continue;
          const near = row + ((f + whole) % wide);
          const far = row + ((f + whole + 1) % wide);
          fats[n].re[near] += fat * cos * (1 - part);
          fats[n].im[near] += fat * sin * (1 - part);
          fats[n].re[far] += fat * cos * part;
          fats[n].im[far] += fat * sin * part;
        }
      }
    }
  }
}

/**
 * Phase at each pixel of a row: the field is slightly inhomogeneous, so the phase changes slowly. It is a polynomial of
 * second degree, so the angle of each step grows by a constant. Complex products therefore replace sines and cosines.
 */
function turnRow(cos: Float64Array, sin: Float64Array, [x, y, z]: Vec3, [dx, dy, dz]: Vec3): void {
  const angle = 0.006 * x + 0.004 * y + 3e-5 * (x * x - z * y);
  const first = 0.006 * dx + 0.004 * dy + 3e-5 * (2 * x * dx + dx * dx - z * dy - dz * y - dz * dy);
  const second = 6e-5 * (dx * dx - dz * dy);
  let [c, s] = [Math.cos(angle), Math.sin(angle)];
  let [stepC, stepS] = [Math.cos(first), Math.sin(first)];
  const [growC, growS] = [Math.cos(second), Math.sin(second)];
  for (let i = 0; i < cos.length; i++) {
    cos[i] = c;
    sin[i] = s;
    const turned = c * stepC - s * stepS;
    s = c * stepS + s * stepC;
    c = turned;
    const grown = stepC * growC - stepS * growS;
    stepS = stepC * growS + stepS * growC;
    stepC = grown;
  }
}

/** Half the number of pixels along phase that contain the body, or half the measured number if that is smaller. */
function reachOf(body: Body, output: Grid, along: 0 | 1, fine: number, high: number): number {
  const axis = output.axes[along];
  const [columns, rows] = output.size;
  const centre = voxel(output, (columns - 1) / 2, (rows - 1) / 2, 0);
  const half = extent(body, axis) / 2;
  const box = middle(body);
  const off = Math.abs(axis.reduce((sum, share, d) => sum + share * (box[d] - centre[d]), 0));
  return Math.max(8, Math.min(Math.ceil((half + off) / fine) + 1, high));
}

/** Magnitude of the middle of the picture, transposed where phase runs along rows. */
function cropped({ re, im }: Parts, protocol: MrProtocol): Float32Array {
  const { matrix, phase } = protocol;
  const [wide, high] = lengthsOf(protocol).picture;
  const values = new Float32Array(matrix * matrix);
  const top = (high - matrix) >> 1;
  const left = (wide - matrix) >> 1;
  for (let p = 0; p < matrix; p++) {
    for (let f = 0; f < matrix; f++) {
      const from = (p + top) * wide + f + left;
      values[phase === 'columns' ? p * matrix + f : f * matrix + p] = Math.sqrt(
        re[from] * re[from] + im[from] * im[from],
      );
    }
  }
  return values;
}

/** Apparent diffusion coefficient from the first and the last b value. */
function adcOf(series: Float32Array[][], bValues: number[], sigma: number): Float32Array[] {
  const last = bValues.length - 1;
  const b = bValues[last] - bValues[0];
  return series[0].map((none, slice) =>
    none.map((value, at) =>
      value < SEEN * sigma
        ? 0
        : Math.max(0, (1e6 / b) * Math.log(value / Math.max(1e-3, series[last][slice][at]))),
    ),
  );
}
