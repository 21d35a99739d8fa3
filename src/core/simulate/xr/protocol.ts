/** The settings of a radiograph or a mammogram, with usual values. */
import type { Vec3 } from '../volume.ts';

/**
 * LATERAL: from right to left. OBLIQUE: AP, turned. CC: from above. MLO: obliquely from the middle. For CC and MLO the
 * breast is between paddles, which compress it for the view (Patient.paddle).
 */
export type View = 'AP' | 'PA' | 'LATERAL' | 'OBLIQUE' | 'CC' | 'MLO';

export function isMammogram(view: View): boolean {
  return view === 'CC' || view === 'MLO';
}

export type XrProtocol = {
  /** kV of the tube: 40 … 125 for radiographs, 25 … 32 for mammograms. */
  kv: number;
  mas: number;
  view: View;
  /** OBLIQUE only: rotation of the beam from AP, degrees; positive towards the patient's left. */
  angle: number;
  /** Detector size in pixels, and mm between pixels. */
  rows: number;
  columns: number;
  pitch: number;
  /** The point above the detector's middle, mm; null: the body's middle, or, for CC, the chest wall at the edge. */
  centre: Vec3 | null;
  /** Focus to detector, mm. */
  distance: number;
  /** Share of the detector, along rows and columns, that the collimator leaves open. */
  collimation: readonly [number, number];
  /** Rotation of the collimator, degrees. */
  collimatorAngle: number;
  /** A grid that passes one sixth of the scatter. */
  grid: boolean;
  /** Factors on scatter and noise; 1: the physical amount. */
  scatter: number;
  noise: number;
  /** Decrease of the beam from cathode to anode over the detector's height (heel effect), 0 … 0.4. */
  heel: number;
  /** FWHM of the detector's blur, mm. */
  blur: number;
  /** Lead letter in the field, and its height in mm; null: none. */
  marker: 'L' | 'R' | null;
  markerHeight: number;
  /** Number of voxels at which the body is sampled; the time is proportional to it. */
  voxels: number;
};

/** A chest, PA. */
export const XR_PROTOCOL: XrProtocol = {
  kv: 110,
  mas: 2,
  view: 'PA',
  angle: 0,
  rows: 1024,
  columns: 1024,
  pitch: 0.42,
  centre: null,
  distance: 1800,
  collimation: [1, 1],
  collimatorAngle: 0,
  grid: true,
  scatter: 1,
  noise: 1,
  heel: 0.15,
  blur: 0.45,
  marker: 'R',
  markerHeight: 18,
  voxels: 800_000,
};

/** A breast from above, 28 kV; `marker` also selects the side: the chest wall is on the right for R. */
export const MG_PROTOCOL: XrProtocol = {
  ...XR_PROTOCOL,
  kv: 28,
  mas: 80,
  view: 'CC',
  rows: 1024,
  columns: 832,
  pitch: 0.24,
  distance: 650,
  grid: true,
  heel: 0.25,
  blur: 0.1,
  marker: 'R',
  markerHeight: 12,
};
