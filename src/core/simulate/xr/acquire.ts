/** Radiographs: a body transmits the beam (Beer–Lambert) and scatters it; the detector blurs and counts. */
import type { Random } from '../../random.ts';
import type { Acquired, Tick } from '../acquired.ts';
import { blurPlane, SIGMA_PER_FWHM } from '../blur.ts';
import { type Noise, noise } from '../chance.ts';
import type { Body, Vec3 } from '../volume.ts';
import { attenuationTable } from './attenuation.ts';
import { openField } from './beam.ts';
import { type Paths, pathsOf } from './project.ts';
import type { XrProtocol } from './protocol.ts';
import { reader } from './reader.ts';
import { settingsOf } from './settings.ts';
import { addSolids } from './solids.ts';
import { tubePaths } from './tubes.ts';
import { type Setup, setupOf } from './view.ts';

/** Air kerma of a tube, µGy per mAs at 1 m and 80 kV; it grows about with kV². */
const OUTPUT = 55;
/** Photons per µGy on 1 mm² (IEC 62220-1 for RQA 5; 62220-1-2 for mammography); the share that a detector counts. */
const PHOTONS = 30_000;
const PHOTONS_MAMMOGRAPHY = 5000;
const QUANTUM_EFFICIENCY = 0.6;
/** Electronic noise, in photons per pixel. */
const ELECTRONIC = 3;
/** Scatter per primary and optical thickness; its spread as a share of the patient's depth; grid transmission. */
const SCATTER = 0.4;
const SPREAD = 0.15;
const GRID = 1 / 6;
const ASKING = 0.6;

/** One picture: detector air kerma, µGy. */
export function acquireXr(body: Body, protocol: XrProtocol, random: Random, tick?: Tick): Acquired {
  const { rows, columns, pitch } = protocol;
  const setup = setupOf(body, protocol);
  const source = noise(random);
  // Ray tracing handles structures that voxels would blur.
  const { sample, tubes, skeleton } = body.projected ?? { sample: body.sample, tubes: [], skeleton: null };
  const paths = pathsOf({ ...body, sample }, protocol, setup, attenuationTable(protocol.kv), (share) =>
    tick?.(ASKING * share),
  );
  const scattered = scatterOf(paths, protocol, setup);
  const values = openField(protocol, source);
  const open = openKerma(protocol);
  const fine = tubePaths(tubes, protocol, setup);
  if (skeleton) addSolids(fine, skeleton, protocol, setup);
  const line = reader(paths, protocol);
  const extra = reader({ ...paths, values: scattered }, protocol);
  for (let y = 0; y < rows; y++) {
    expose(
      values.subarray(y * columns, (y + 1) * columns),
      line(y),
      fine.subarray(y * columns),
      extra(y),
      open,
    );
  }
  tick?.(0.8);
  blurPlane(values, rows, columns, (protocol.blur * SIGMA_PER_FWHM) / pitch);
  count(values, protocol, source);
  tick?.(1);
  const { axes, centre, rise } = setup;
  const first = (d: 0 | 1 | 2) =>
    centre[d] -
    axes[2][d] * rise -
    (axes[0][d] * (columns - 1) * pitch) / 2 -
    (axes[1][d] * (rows - 1) * pitch) / 2;
  const position: Vec3 = [first(0), first(1), first(2)];
  return {
    modality: 'XR',
    rows,
    columns,
    pixelSpacing: [pitch, pitch],
    orientation: [axes[0], protocol.view === 'MLO' ? aslant(axes[1]) : axes[1]],
    sliceThickness: null,
    frames: [{ values, position }],
    settings: settingsOf(protocol, setup, values),
  };
}

/** One row: `values` holds the open share of the beam before the call, and the kerma after it. */
function expose(
  values: Float32Array,
  passed: Float32Array,
  fine: Float32Array,
  added: Float32Array,
  open: number,
): void {
  for (let x = 0; x < values.length; x++) {
    // Scatter comes from all of the open field, so it also reaches behind the letter.
    const seen = values[x];
    values[x] = open * (seen * Math.exp(-passed[x] - fine[x]) + Math.min(1, seen + 0.1) * added[x]);
  }
}

/** The body for MLO is modelled between the paddles: in the patient its columns run down and towards the middle. */
function aslant([x]: Vec3): Vec3 {
  return [0.6 * x, 0, -0.8];
}

/** Kerma in the middle of the detector without a patient, µGy. */
export function openKerma({ kv, mas, distance }: XrProtocol): number {
  return OUTPUT * mas * (kv / 80) ** 2 * (1000 / distance) ** 2;
}

/** Photons that a pixel counts for 1 µGy. */
export function photonsOf({ kv, pitch }: XrProtocol): number {
  return (kv < 36 ? PHOTONS_MAMMOGRAPHY : PHOTONS) * QUANTUM_EFFICIENCY * pitch * pitch;
}

/** Scatter at the detector as a share of the open beam, on the lattice. */
function scatterOf(
  { values, columns, rows, pitch }: Paths,
  protocol: XrProtocol,
  setup: Setup,
): Float32Array {
  const amount = protocol.scatter * SCATTER * (protocol.grid ? GRID : 1);
  if (amount === 0) return new Float32Array(values.length);
  // It averages before the exponential, because the thick middle also attenuates the scatter of a thin rim
  // (Sun and Star-Lack, Phys Med Biol 2010, 55: 6695: kernels by thickness).
  const around = values.slice();
  blurPlane(around, rows, columns, (SPREAD * setup.depth) / pitch);
  return around.map((path) => amount * path * Math.exp(-path));
}

function count(values: Float32Array, protocol: XrProtocol, source: Noise): void {
  if (protocol.noise === 0) return;
  const photons = photonsOf(protocol);
  const { noise: amount } = protocol;
  for (let at = 0; at < values.length; at++) {
    const mean = values[at] * photons;
    const deviation = amount * Math.sqrt(mean + ELECTRONIC * ELECTRONIC);
    // Pixels count hundreds of photons or more, so a normal number approximates a Poisson number.
    values[at] = Math.max(0, mean + deviation * source.normal()) / photons;
  }
}
