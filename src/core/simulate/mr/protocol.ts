/** The settings of an MR series, with usual values. */
import type { Orientation } from '../plane.ts';
import type { Vec3 } from '../volume.ts';

export type Tesla = 1.5 | 3;
/** Spin echo (fast or not), spoiled gradient echo, inversion recovery spin echo, diffusion-weighted echo-planar. */
export type Sequence = 'SE' | 'GRE' | 'IR' | 'DWI';
export type Coil = 'body' | 'volume' | 'surface';

export type MrProtocol = {
  field: Tesla;
  sequence: Sequence;
  /** ms. */
  repetitionTime: number;
  echoTime: number;
  /** ms; only IR uses it. */
  inversionTime: number;
  /** Degrees; only GRE uses it. */
  flipAngle: number;
  /** s/mm²; only DWI uses them. With several: all slices of the first, then all slices of the next. */
  bValues: number[];
  /** DWI only: the apparent diffusion coefficient map (10⁻⁶ mm²/s) instead of the pictures; it needs two b values. */
  adc: boolean;
  /** Share of the fat signal that remains after a fat-selective pulse; 1: no pulse. */
  fat: number;
  /** Whether the slices are measured as one volume and share its signal, instead of slice by slice. */
  volume: boolean;
  /** Whether gadolinium is given: it shortens the T1 of enhancing tissue. */
  gadolinium: boolean;
  orientation: Orientation;
  /** Side of the square field of view, mm; null: just around the body. */
  fieldOfView: number | null;
  /** Pixels a side of the picture; k-space is zero-filled up to it. */
  matrix: number;
  /** Lines measured along frequency and phase, at most `matrix`. */
  acquired: readonly [frequency: number, phase: number];
  /** Direction of phase encoding within the picture. */
  phase: 'rows' | 'columns';
  /** Middle of the series, mm; null: the body's. */
  centre: Vec3 | null;
  slices: number;
  /** mm from slice to slice; mm. */
  spacing: number;
  thickness: number;
  /** Planes averaged over the thickness. */
  planes: number;
  coil: Coil;
  averages: number;
  /** Hz a pixel along frequency: fat moves by its shift (3.5 ppm) divided by this, or with DWI along phase (epi.ts). */
  bandwidth: number;
  /** Share of the phase lines measured, 0.55 … 1; the rest is zero. */
  partialFourier: number;
  /** 0 … 1: damping of the edge of k-space against ringing. */
  apodization: number;
  /** Strength of motion along phase, 0 (still) … 1 (restless). */
  motion: number;
  /** Measured range along phase, as a multiple of the field of view: the rest prevents wrap-around; 1: none. */
  oversampling: number;
  /** Factor on the noise; 1: the physical noise. */
  noise: number;
};

/** T1-weighted spin echo. */
export const MR_PROTOCOL: MrProtocol = {
  field: 1.5,
  sequence: 'SE',
  repetitionTime: 550,
  echoTime: 12,
  inversionTime: 0,
  flipAngle: 90,
  bValues: [0, 800],
  adc: false,
  fat: 1,
  volume: false,
  gadolinium: false,
  orientation: 'axial',
  fieldOfView: null,
  matrix: 256,
  acquired: [224, 192],
  phase: 'columns',
  centre: null,
  slices: 24,
  spacing: 5,
  thickness: 5,
  planes: 1,
  coil: 'volume',
  averages: 1,
  bandwidth: 150,
  partialFourier: 1,
  apodization: 0.3,
  motion: 0.1,
  oversampling: 1.3,
  noise: 1,
};

/** The settings of each contrast, on top of MR_PROTOCOL. Inversion times null the tables' fat or CSF at that field. */
export const CONTRASTS = {
  T1: { sequence: 'SE', repetitionTime: 550, echoTime: 12 },
  T2: { sequence: 'SE', repetitionTime: 4500, echoTime: 95 },
  PD: { sequence: 'SE', repetitionTime: 3000, echoTime: 18 },
  PDFS: { sequence: 'SE', repetitionTime: 3000, echoTime: 30, fat: 0.06 },
  T2FS: { sequence: 'SE', repetitionTime: 4500, echoTime: 85, fat: 0.06 },
  FLAIR: { sequence: 'IR', repetitionTime: 9000, echoTime: 110, inversionTime: 2500 },
  STIR: { sequence: 'IR', repetitionTime: 4500, echoTime: 45, inversionTime: 170 },
  T1GRE: { sequence: 'GRE', repetitionTime: 160, echoTime: 4.4, flipAngle: 70 },
  T1C: {
    sequence: 'GRE',
    repetitionTime: 5,
    echoTime: 2.4,
    flipAngle: 12,
    fat: 0.08,
    volume: true,
    gadolinium: true,
  },
  T2STAR: { sequence: 'GRE', repetitionTime: 600, echoTime: 22, flipAngle: 20 },
  DWI: {
    sequence: 'DWI',
    repetitionTime: 5000,
    echoTime: 80,
    fat: 0.03,
    acquired: [128, 112],
    partialFourier: 0.75,
    bandwidth: 1500,
    oversampling: 1,
  },
} satisfies Record<string, Partial<MrProtocol>>;
export type Contrast = keyof typeof CONTRASTS;
