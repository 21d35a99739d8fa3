/** One fast picture of a simulated patient: a preview before files are made or added. */

import { type Histogram, histogram } from '../image/histogram.ts';
import { preprocessor } from '../image/slice.ts';
import { hash32, random } from '../random.ts';
import { isSkip } from '../skip.ts';
import type { Acquired, SimulatedModality } from './acquired.ts';
import { makeBody } from './body/index.ts';
import { acquireCt } from './ct/acquire.ts';
import { CT_PROTOCOL } from './ct/protocol.ts';
import type { Settings } from './knob/knob.ts';
import { changesOf } from './knobs.ts';
import { acquireMr } from './mr/acquire.ts';
import { MR_PROTOCOL } from './mr/protocol.ts';
import { makePatient } from './patient.ts';
import { extent } from './plane.ts';
import { acquirePt } from './pt/acquire.ts';
import { PT_PROTOCOL } from './pt/protocol.ts';
import type { RegionName } from './region.ts';
import type { Body } from './volume.ts';
import { acquireXr } from './xr/acquire.ts';
import { display, LOOK } from './xr/display.ts';
import { MG_PROTOCOL, XR_PROTOCOL, type XrProtocol } from './xr/protocol.ts';

export type GlimpseOrder = {
  modality: SimulatedModality;
  region: RegionName;
  patientSeed: number;
  settings: Settings;
};

export type Glimpse = {
  modality: SimulatedModality;
  /** 224×224 uint8, like the network's input. */
  pixels: Uint8Array<ArrayBuffer>;
  /** Histogram of the scanner's picture; null for a blank picture. */
  histogram: Histogram | null;
  unit: 'HU' | 'signal' | 'Bq/ml' | 'stored value';
  rows: number;
  columns: number;
  /** mm from pixel to pixel. */
  pixel: number;
};

/** Pixels a side: a slice has the side of a network's input; a radiograph has twice that because of its fine detail. */
const CT_SIDE = 224;
const XR_SIDE = 448;
/** Number of a body's voxels for a radiograph. */
const XR_VOXELS = 300_000;
/** mm. */
const COMPRESSED = 55;
/** Slices that the usual MR protocol measures together as a volume: each gets signal from the whole measurement. */
const VOLUME = 24;

const UNITS = { CT: 'HU', MR: 'signal', PT: 'Bq/ml', XR: 'stored value' } as const;

/** The same order gives the same picture. */
export function glimpse(order: GlimpseOrder, body = bodyOf(order)): Glimpse {
  const acquired = acquireOne(order, body);
  const { rows, columns, pixelSpacing } = acquired;
  const [{ values }] = acquired.frames;
  const shown = order.modality === 'XR' ? display(values, rows, columns, LOOK, openingOf(order)) : values;
  const frame = { index: 0, rows, columns, values: shown, slope: 1, intercept: 0, instanceNumber: null };
  const pixels = preprocessor(false)(frame);
  return {
    modality: order.modality,
    // A picture of one gray is black, like a blank slice.
    pixels: isSkip(pixels) ? new Uint8Array(224 * 224) : pixels,
    histogram: histogram(frame),
    unit: UNITS[order.modality],
    rows,
    columns,
    pixel: pixelSpacing[0],
  };
}

/** The body of an order; settings don't change it. */
export function bodyOf({ modality, region, patientSeed }: GlimpseOrder): Body {
  const upright = modality === 'XR';
  return makeBody(region, {
    ...makePatient(patientSeed),
    posture: { lie: upright ? 'upright' : 'supine', arms: upright ? 'down' : 'up' },
    compressedMm: upright && region === 'breast' ? COMPRESSED : null,
  });
}

function acquireOne({ modality, region, patientSeed, settings }: GlimpseOrder, body: Body): Acquired {
  const dice = random(hash32(patientSeed, 16, 0), 15);
  switch (modality) {
    case 'CT': {
      const usual = { ...CT_PROTOCOL, matrix: CT_SIDE, detail: CT_SIDE, slices: 1, views: 224 };
      const couch = region === 'head' ? ('headrest' as const) : ('curved' as const);
      return acquireCt(body, { ...usual, couch, ...changesOf('CT', region, settings) }, dice);
    }
    case 'MR': {
      const wanted = { ...MR_PROTOCOL, slices: 1, ...changesOf('MR', region, settings) };
      const { bValues, volume, noise } = wanted;
      return acquireMr(
        body,
        { ...wanted, bValues: bValues.slice(-1), noise: volume ? noise / Math.sqrt(VOLUME) : noise },
        dice,
      );
    }
    case 'PT': {
      const near = region === 'head' || region === 'knee' || region === 'hand';
      const field = near ? { fieldOfView: 360, matrix: 128 } : { fieldOfView: 540, matrix: 144 };
      return acquirePt(
        body,
        { ...PT_PROTOCOL, ...field, slices: 1, ...changesOf('PT', region, settings) },
        dice,
      );
    }
    case 'XR':
      return acquireXr(body, xrProtocol(region, settings, body), dice);
    default:
      return modality satisfies never;
  }
}

/** The detector's size follows from the body's size. */
function xrProtocol(region: RegionName, settings: Settings, body: Body): XrProtocol {
  const changes = changesOf('XR', region, settings);
  if (region === 'breast') {
    const [rows, columns] = [XR_SIDE, 360];
    const pitch = (1.06 * extent(body, [1, 0, 0])) / rows;
    return { ...MG_PROTOCOL, rows, columns, pitch, voxels: XR_VOXELS, ...changes };
  }
  const across = Math.max(extent(body, [1, 0, 0]), extent(body, [0, 1, 0]));
  const high = extent(body, [0, 0, 1]);
  const pitch = Math.max(across, high) / XR_SIDE;
  const side = (length: number) => 2 * Math.round(Math.max(length / pitch, XR_SIDE / 2) / 2);
  return {
    ...XR_PROTOCOL,
    view: 'AP',
    kv: 75,
    mas: region === 'abdomen' || region === 'pelvis' ? 20 : 4,
    rows: side(high),
    columns: side(across),
    pitch,
    voxels: XR_VOXELS,
    ...changes,
  };
}

function openingOf({ region, settings }: GlimpseOrder) {
  const { collimation = [1, 1] } = changesOf('XR', region, settings);
  return { collimation, collimatorAngle: 0 };
}
