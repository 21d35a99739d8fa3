/** The settings of a PET series, with usual values. */
import type { Vec3 } from '../volume.ts';

/** Glucose (F-18), a brain amyloid ligand (F-18), sodium fluoride for bone (F-18). */
export type Tracer = 'FDG' | 'amyloid' | 'NaF';

export type PtProtocol = {
  tracer: Tracer;
  /** Injected activity, MBq; the patient's weight, kg; minutes from injection to scan. */
  dose: number;
  weight: number;
  uptakeTime: number;
  /** Seconds a bed position: counts go with it. */
  duration: number;
  /** Side of the square field of view, mm, and pixels a side. */
  fieldOfView: number;
  matrix: number;
  /** Middle of the series, mm; null: the body's. */
  centre: Vec3 | null;
  slices: number;
  /** mm from slice to slice, which is the thickness. */
  spacing: number;
  /** Full width at half maximum of the scanner's point-spread, mm, in plane and along z. */
  resolution: number;
  /** FWHM of the Gaussian after reconstruction, mm; 0: none. */
  filter: number;
  attenuationCorrection: boolean;
  reconstruction: 'OSEM' | 'FBP';
  /** Of OSEM. */
  iterations: number;
  subsets: number;
  /** Share of the counts that are scattered or random and corrected on average: they only add noise. */
  background: number;
  /** Factor on the counts, 1 as physics has it; Infinity: no noise. */
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
