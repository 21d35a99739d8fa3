/** The settings of a PET series, with usual values. */
import type { Vec3 } from '../volume.ts';

/** Glucose analogue (F-18), a brain amyloid ligand (F-18), sodium fluoride for bone (F-18). */
export type Tracer = 'FDG' | 'amyloid' | 'NaF';

export type PtProtocol = {
  tracer: Tracer;
  /** Injected activity, MBq; the patient's weight, kg; minutes from injection to scan. */
  dose: number;
  weight: number;
  uptakeTime: number;
  /** Seconds per bed position; the counts are proportional to it. */
  duration: number;
  /** Side of the square field of view, mm, and pixels a side. */
  fieldOfView: number;
  matrix: number;
  /** Middle of the series, mm; null: the body's. */
  centre: Vec3 | null;
  slices: number;
  /** mm from slice to slice; equal to the thickness. */
  spacing: number;
  /** Full width at half maximum of the scanner's point-spread function, mm, in plane and along z. */
  resolution: number;
  /** FWHM of the Gaussian filter after reconstruction, mm; 0: none. */
  filter: number;
  attenuationCorrection: boolean;
  reconstruction: 'OSEM' | 'FBP';
  /** OSEM only. */
  iterations: number;
  subsets: number;
  /** Share of scattered and random counts. Their mean is corrected, so they only add noise. */
  background: number;
  /** Factor on the counts; 1: the physical counts; Infinity: no noise. */
  counts: number;
};

export const PT_PROTOCOL: PtProtocol = {
  tracer: 'FDG',
  dose: 320,
  weight: 75,
  uptakeTime: 60,
  duration: 150,
  fieldOfView: 600,
  matrix: 168,
  centre: null,
  slices: 24,
  spacing: 5,
  resolution: 5,
  filter: 5,
  attenuationCorrection: true,
  reconstruction: 'OSEM',
  iterations: 2,
  subsets: 12,
  background: 0.35,
  counts: 1,
};
