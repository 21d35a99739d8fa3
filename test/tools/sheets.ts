/** Sheets of simulated pictures, one column a protocol and one row a body part, for the eye to judge. */
import { random } from '../../src/core/random.ts';
import type { Acquired } from '../../src/core/simulate/acquired.ts';
import { makeBody } from '../../src/core/simulate/body/index.ts';
import { acquireCt } from '../../src/core/simulate/ct/acquire.ts';
import { CT_PROTOCOL, type CtProtocol, SCOUT_PROTOCOL } from '../../src/core/simulate/ct/protocol.ts';
import { acquireScout } from '../../src/core/simulate/ct/scout.ts';
import { acquireMr } from '../../src/core/simulate/mr/acquire.ts';
import { CONTRASTS, MR_PROTOCOL, type MrProtocol } from '../../src/core/simulate/mr/protocol.ts';
import { makePatient, type Patient } from '../../src/core/simulate/patient.ts';
import { acquirePt } from '../../src/core/simulate/pt/acquire.ts';
import { PT_PROTOCOL, type PtProtocol } from '../../src/core/simulate/pt/protocol.ts';
import { suvFactor } from '../../src/core/simulate/pt/settings.ts';
import { REGIONS, type RegionName } from '../../src/core/simulate/region.ts';
import type { Body } from '../../src/core/simulate/volume.ts';
import { acquireXr } from '../../src/core/simulate/xr/acquire.ts';
import { display, LOOK } from '../../src/core/simulate/xr/display.ts';
import { MG_PROTOCOL, XR_PROTOCOL, type XrProtocol } from '../../src/core/simulate/xr/protocol.ts';

type Modality = Acquired['modality'];
/** Grey values 0 … 255. */
type Picture = { pixels: Uint8Array; width: number; height: number };
type Shot = { name: string; series: Acquired; show(values: Float32Array): ArrayLike<number> };

const TILE = 300;

export function sheet(
  modality: Modality,
  seed: number,
  regions: string[],
  print: (line: string) => void,
  clock: () => number,
): Picture {
  const names = REGIONS.filter((region) => regions.length === 0 || regions.includes(region));
  const lines = names.map((region) => {
    const patient = patientOf(region, modality, seed);
    const body = makeBody(region, patient);
    return SHOTS[modality](body, region, seed).map((make) => {
      let asked = 0;
      const timed: Body = {
        ...body,
        sample(grid, tick) {
          const start = clock();
          const volume = body.sample(grid, tick);
          asked += clock() - start;
          return volume;
        },
      };
      const start = clock();
      const { name, series, show } = make(timed);
      const took = clock() - start;
      print(
        `${region} ${name}: ${series.frames.length} × ${series.rows} × ${series.columns}, ` +
          `${took.toFixed(0)} ms of CPU, ${asked.toFixed(0)} of them in the body`,
      );
      return { series, show };
    });
  });
  const wide = Math.max(...lines.map((line) => line.length));
  const [width, height] = [wide * TILE, lines.length * TILE];
  const pixels = new Uint8Array(width * height);
  lines.forEach((line, row) => {
    line.forEach(({ series, show }, column) => {
      const frame = series.frames[series.frames.length >> 1];
      const grey = show(frame.values);
      const scale = Math.max(series.rows, series.columns) / TILE;
      for (let y = 0; y < TILE; y++) {
        for (let x = 0; x < TILE; x++) {
          const value = average(grey, series.rows, series.columns, x * scale, y * scale, scale);
          pixels[(row * TILE + y) * width + column * TILE + x] = value;
        }
      }
    });
  });
  return { pixels, width, height };
}

function average(
  grey: ArrayLike<number>,
  rows: number,
  columns: number,
  x: number,
  y: number,
  size: number,
): number {
  let [sum, count] = [0, 0];
  for (let j = Math.floor(y); j < Math.max(y + size, Math.floor(y) + 1) && j < rows; j++) {
    for (let i = Math.floor(x); i < Math.max(x + size, Math.floor(x) + 1) && i < columns; i++) {
      sum += grey[j * columns + i];
      count++;
    }
  }
  return count ? sum / count : 40;
}

const windowed = (low: number, high: number) => (values: Float32Array) =>
  values.map((value) => Math.max(0, Math.min(255, (255 * (value - low)) / (high - low))));

/** From 0 to what all but a few pixels stay below. */
const stretched = (values: Float32Array) => {
  const sorted = values.slice().sort();
  return windowed(0, sorted[Math.floor(sorted.length * 0.995)] || 1)(values);
};

function patientOf(region: RegionName, modality: Modality, seed: number): Patient {
  const patient = makePatient(seed * 17 + REGIONS.indexOf(region));
  if (region === 'breast') return { ...patient, sex: 'F', compressedMm: modality === 'XR' ? 52 : null };
  return patient;
}

type Make = (body: Body) => Shot;
const SHOTS: Record<Modality, (body: Body, region: RegionName, seed: number) => Make[]> = {
  CT: (_, region, seed) => {
    const one = (name: string, protocol: Partial<CtProtocol>, show: Shot['show']): Make => {
      const couch = region === 'head' || region === 'neck' ? 'headrest' : 'curved';
      return (body) => ({
        name,
        series: acquireCt(body, { ...CT_PROTOCOL, couch, ...protocol }, random(seed)),
        show,
      });
    };
    const soft = region === 'head' ? windowed(-20, 90) : windowed(-160, 240);
    return [
      one('standard', {}, soft),
      one('arterial thin', { phase: 'arterial', thickness: 1.5, matrix: 512, slices: 4 }, soft),
      one('portal soft', { phase: 'portal', kernel: 'soft', slices: 8 }, soft),
      one('bone', { kernel: 'bone', thickness: 2, matrix: 512, slices: 4 }, windowed(-700, 1300)),
      one('lung', { kernel: 'bone', thickness: 1.5, mas: 60, matrix: 512, slices: 4 }, windowed(-1350, 150)),
      (body) => ({
        name: 'scout',
        series: acquireScout(body, SCOUT_PROTOCOL, random(seed)),
        show: windowed(-1000, 1500),
      }),
    ];
  },
  MR: (_, region, seed) => {
    const one = (name: string, protocol: Partial<MrProtocol>): Make => {
      return (body) => ({
        name,
        series: acquireMr(
          body,
          { ...MR_PROTOCOL, motion: region === 'chest' || region === 'abdomen' ? 0.6 : 0.1, ...protocol },
          random(seed),
        ),
        show: stretched,
      });
    };
    const few = { slices: 4 };
    return [
      one('T1', CONTRASTS.T1),
      one('T2 3T', { ...CONTRASTS.T2, field: 3, ...few }),
      one('FLAIR', { ...CONTRASTS.FLAIR, ...few }),
      one('STIR coronal', { ...CONTRASTS.STIR, orientation: 'coronal', ...few }),
      one('PD sagittal surface', { ...CONTRASTS.PD, orientation: 'sagittal', coil: 'surface', ...few }),
      one('T1 contrast', { ...CONTRASTS.T1C, ...few }),
      one('DWI', { ...CONTRASTS.DWI, bValues: [800], ...few }),
      one('ADC', { ...CONTRASTS.DWI, adc: true, ...few }),
    ];
  },
  PT: (_, region, seed) => {
    const one = (name: string, protocol: Partial<PtProtocol>, most: number): Make => {
      const full = { ...PT_PROTOCOL, ...protocol };
      return (body) => ({
        name,
        series: acquirePt(body, full, random(seed)),
        // Black on white, as it is read.
        show: (values) => windowed(most / suvFactor(full), 0)(values),
      });
    };
    const brain = region === 'head';
    const near = brain ? { fieldOfView: 256, matrix: 128, spacing: 3.3, duration: 600 } : {};
    return [
      one('FDG', near, brain ? 12 : 6),
      one('FDG uncorrected', { ...near, attenuationCorrection: false }, brain ? 1.5 : 1),
      one('FDG FBP', { ...near, reconstruction: 'FBP' }, brain ? 12 : 6),
      one('FDG 256', { ...near, matrix: 256, filter: 3 }, brain ? 12 : 6),
      one('amyloid', { ...near, tracer: 'amyloid' }, 3),
      one('NaF', { ...near, tracer: 'NaF' }, 8),
      one('FDG short', { ...near, duration: 30, filter: 4 }, brain ? 12 : 6),
    ];
  },
  XR: (_, region, seed) => {
    const one = (name: string, protocol: XrProtocol, look = LOOK): Make => {
      return (body) => {
        const series = acquireXr(body, protocol, random(seed));
        const scale = 255 / (2 ** look.bits - 1);
        return {
          name,
          series,
          show: (values) =>
            Float32Array.from(
              display(values, series.rows, series.columns, look, protocol),
              (value) => value * scale,
            ),
        };
      };
    };
    if (region === 'breast') {
      const patient: Patient = { ...patientOf(region, 'XR', seed), side: 'right' };
      const look = { ...LOOK, equalization: 0.25, shown: 0.92, headroom: 0.05 };
      return [
        one('CC R', MG_PROTOCOL, look),
        one('CC L', { ...MG_PROTOCOL, marker: 'L' }, { ...look, equalization: 0.1 }),
        // Compressed another way, it is another body.
        () =>
          one(
            'MLO R',
            { ...MG_PROTOCOL, view: 'MLO' },
            look,
          )(makeBody('breast', { ...patient, paddle: 'MLO' })),
      ];
    }
    const small = region === 'hand' || region === 'knee';
    const base: XrProtocol = {
      ...XR_PROTOCOL,
      ...(small ? { kv: region === 'hand' ? 50 : 64, mas: 5, distance: 1100, pitch: 0.25, grid: false } : {}),
      ...(region === 'head' || region === 'neck' ? { kv: 72, mas: 20, distance: 1100, pitch: 0.29 } : {}),
      ...(region === 'abdomen' || region === 'pelvis' ? { kv: 78, mas: 30, distance: 1100 } : {}),
    };
    return [
      one('PA', base),
      one('AP, shut', {
        ...base,
        view: 'AP',
        marker: 'L',
        collimation: [0.8, 0.86],
        collimatorAngle: 1.5,
        grid: false,
      }),
      one('lateral', { ...base, view: 'LATERAL', mas: base.mas * 3 }),
      one('oblique', { ...base, view: 'OBLIQUE', angle: 40, mas: base.mas * 2 }),
      one('PA, line', base, { ...LOOK, curve: 'linear', equalization: 0, sharpening: 0 }),
    ];
  },
};
