/** CT: it projects a body's attenuation, adds photon noise, filters the views and back-projects them. */
import type { Random } from '../../random.ts';
import type { Acquired, Frame, Tick } from '../acquired.ts';
import { type Noise, noise } from '../chance.ts';
import { voxel } from '../plane.ts';
import { type Beams, backproject, halfTurn, project } from '../projector.ts';
import { filterViews } from '../ramp.ts';
import type { Body } from '../volume.ts';
import { hounsfield } from './attenuation.ts';
import { kernelWindow } from './kernel.ts';
import { slabsOf } from './object.ts';
import type { CtProtocol, Kilovolts } from './protocol.ts';
import { type Scan, scanOf } from './scan.ts';
import { settingsOf } from './settings.ts';

/**
 * Photons per mAs on 1 mm² of detector without a patient at 120 kV, over half a turn. Tube output goes with kV^2.5. The
 * value gives 30 cm of water at 200 mAs, 5 mm and the standard kernel a noise of about 10 HU.
 */
const PHOTONS = 3600;
/** Electronic noise, in photons. */
const ELECTRONIC = 5;
/**
 * Beam hardening behind bone, iodine and metal. p is their attenuation beyond that of soft tissue. A share of the beam
 * falls as e^−bp and the rest falls faster; the mean exponent is p; a small p loses 0.02 p². b is the attenuation of
 * titanium at 100 keV (the beam behind centimetres of it) divided by that at 70 keV (material.ts).
 */
const HARD = { share: 0.138, slow: 0.5, fast: 1.08 } as const;
/** Above this number of photons the electronic noise is negligible beside the photon noise. */
const MANY = 2000;
/** Counts below STARVED are averaged with neighbours up to BESIDE mm on each side (Hsieh, Med Phys 1998, 25: 2139). */
const STARVED = 400;
const BESIDE = 5;
/** Lower bound of photons before the logarithm: the average that electronic noise leaves at zero photons. */
const FEWEST = 4;
/** Share of the time that sampling the body takes. */
const ASKING = 0.5;

/** A series in HU, from the foot end up. */
export function acquireCt(body: Body, protocol: CtProtocol, random: Random, tick?: Tick): Acquired {
  const { matrix, slices } = protocol;
  const scan = scanOf(body, protocol);
  const { grid, beams, output, shift } = scan;
  const [pixel] = output.spacing;
  const [size] = grid.size;
  const slab = slabsOf(body, protocol, scan);
  const source = noise(random);
  const frames: Frame[] = [];
  for (let first = 0; first < slices; first += 4) {
    const count = Math.min(4, slices - first);
    const { all, dense } = slab(first, count, (share) => tick?.((first + ASKING * count * share) / slices));
    const views = project(all, size, grid.spacing[0], beams);
    if (dense) harden(views, project(dense, size / 2, 2 * grid.spacing[0], halved(beams)), beams);
    measure(views, protocol, beams, source);
    filterViews(views, beams, (frequency) => kernelWindow(protocol.kernel, frequency));
    const image = backproject(views, beams, { size: matrix, pixel, shift });
    for (let lane = 0; lane < count; lane++) {
      frames.push({
        values: frameOf(image, lane, scan, protocol),
        position: voxel(output, 0, 0, first + lane),
      });
    }
    tick?.((first + count) / slices);
  }
  return {
    modality: 'CT',
    rows: matrix,
    columns: matrix,
    pixelSpacing: [pixel, pixel],
    orientation: [output.axes[0], output.axes[1]],
    sliceThickness: protocol.thickness,
    frames,
    settings: settingsOf(protocol, scan.fieldOfView),
  };
}

/** Photons of the open beam on one detector bin. */
export function openBeam(kv: Kilovolts, mas: number, area: number): number {
  return PHOTONS * mas * area * (kv / 120) ** 2.5;
}

/** Every second view and bin. */
function halved({ angles, bins, pitch }: Beams): Beams {
  return { angles: halfTurn(angles.length / 2), bins: (bins >> 2) * 2 + 1, pitch: 2 * pitch };
}

/** Applies beam hardening: the harder a ray becomes, the less the remaining dense matter attenuates it. */
function harden(views: Float32Array, dense: Float32Array, { angles, bins }: Beams): void {
  const half = (bins >> 2) * 2 + 1;
  const middle = (bins - 1) / 2;
  for (let view = 0; view < angles.length; view++) {
    for (let bin = 0; bin < bins; bin++) {
      const place = Math.max(0, Math.min(half - 1.001, (bin - middle) / 2 + (half - 1) / 2));
      const left = Math.trunc(place);
      const share = place - left;
      let from = ((view >> 1) * half + left) * 4;
      for (let to = (view * bins + bin) * 4, end = to + 4; to < end; to++, from++) {
        const beyond = dense[from] + share * (dense[from + 4] - dense[from]);
        if (beyond > 0) views[to] -= beyond - hardened(beyond);
      }
    }
  }
}

/** The measured value of an attenuation p beyond soft tissue. */
export function hardened(p: number): number {
  const { share, slow, fast } = HARD;
  return -Math.log((1 - share) * Math.exp(-fast * p) + share * Math.exp(-slow * p));
}

/** Converts line integrals to measured values: −ln(I / I₀) of counts with Poisson and electronic noise. */
function measure(
  views: Float32Array,
  { kv, mas, thickness }: CtProtocol,
  { bins, pitch }: Beams,
  source: Noise,
): void {
  const open = openBeam(kv, mas, pitch * thickness);
  const log = Math.log(open);
  const root = 1 / Math.sqrt(open);
  const counts = new Float32Array(bins * 4);
  for (let from = 0; from < views.length; from += counts.length) {
    if (countView(views, from, counts, open, log, root, source))
      mend(views.subarray(from, from + counts.length), counts, log, Math.round(BESIDE / pitch));
  }
}

/** One view; returns whether a ray has almost no photons. */
function countView(
  views: Float32Array,
  from: number,
  counts: Float32Array,
  open: number,
  log: number,
  root: number,
  source: Noise,
): boolean {
  let starved = false;
  for (let at = 0, i = from; at < counts.length; at++, i++) {
    const half = Math.exp(views[i] / 2);
    const mean = open / (half * half);
    if (mean > MANY) {
      // Normal counts, n = mean · (1 + e): ln n = ln mean + e − e²/2 + e³/3, as e is 0.1 at most.
      const e = source.normal() * half * root;
      views[i] -= e * (1 - e * (0.5 - e / 3));
      counts[at] = mean;
    } else {
      const counted = source.poisson(mean) + ELECTRONIC * source.normal();
      counts[at] = counted;
      starved ||= counted < STARVED;
      views[i] = log - Math.log(Math.max(FEWEST, counted));
    }
  }
  return starved;
}

/** Gives the rays of a view that have almost no photons the mean of their neighbours. */
function mend(view: Float32Array, counts: Float32Array, log: number, beside: number): void {
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] >= STARVED) continue;
    let sum = 0;
    let weights = 0;
    for (let n = -beside; n <= beside; n++) {
      const at = i + 4 * n;
      // A neighbour beyond the edge of the metal does not represent the rays behind it.
      if (at < 0 || at >= counts.length || counts[at] >= 2 * STARVED) continue;
      const weight = beside + 1 - Math.abs(n);
      sum += weight * counts[at];
      weights += weight;
    }
    view[i] = log - Math.log(Math.max(FEWEST, sum / weights));
  }
}

function frameOf(image: Float32Array, lane: number, scan: Scan, protocol: CtProtocol): Float32Array {
  const { kv, matrix, scanField, padding } = protocol;
  const values = new Float32Array(matrix * matrix);
  const [pixel] = scan.output.spacing;
  const reach = (scanField / 2) ** 2;
  const half = (matrix - 1) / 2;
  const slope = hounsfield(1, kv) - hounsfield(0, kv);
  const air = hounsfield(0, kv);
  const outside = Number(padding ?? air);
  for (let y = 0, at = 0; y < matrix; y++) {
    const dy = (y - half) * pixel + scan.shift[1];
    for (let x = 0; x < matrix; x++, at++) {
      const dx = (x - half) * pixel + scan.shift[0];
      // Two stores: a value from either side would be put on the heap.
      if (dx * dx + dy * dy > reach) values[at] = outside;
      else values[at] = image[at * 4 + lane] * slope + air;
    }
  }
  return values;
}
