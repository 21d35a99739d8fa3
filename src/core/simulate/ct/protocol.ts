/** The settings of a CT series and of a localizer, with usual values. */
import type { Vec3 } from '../volume.ts';

export type Kilovolts = 80 | 100 | 120 | 140;
export type Kernel = 'soft' | 'standard' | 'bone';
export type Phase = 'none' | 'arterial' | 'portal' | 'delayed';
export type Couch = 'none' | 'flat' | 'curved' | 'headrest';

export type CtProtocol = {
  kv: Kilovolts;
  /** Tube current times time per rotation, mAs: noise falls with its square root. */
  mas: number;
  kernel: Kernel;
  phase: Phase;
  /** Side of the reconstructed square, mm; null: just around the body. */
  fieldOfView: number | null;
  /** Pixels a side. */
  matrix: number;
  /** Middle of the series, mm; null: the body's. */
  centre: Vec3 | null;
  slices: number;
  /** mm from slice to slice. */
  spacing: number;
  /** mm. */
  thickness: number;
  /** Planes averaged over the thickness. */
  planes: number;
  /** Gantry tilt, degrees; with a positive tilt the top of the slices leans towards the head. */
  tilt: number;
  /** Diameter of the measured circle, mm. Pixels outside hold `padding`, or air if that is null. */
  scanField: number;
  padding: number | null;
  couch: Couch;
  /** Views over half a turn; null: enough for the matrix. */
  views: number | null;
  /** Most pixels a side at which the body is sampled and projected; the time grows with the square of it. */
  detail: number;
};

export const CT_PROTOCOL: CtProtocol = {
  kv: 120,
  mas: 160,
  kernel: 'standard',
  phase: 'none',
  fieldOfView: null,
  matrix: 256,
  centre: null,
  slices: 24,
  spacing: 5,
  thickness: 5,
  planes: 1,
  tilt: 0,
  scanField: 500,
  padding: null,
  couch: 'curved',
  views: null,
  detail: 320,
};

/** A localizer: the couch moves through a stationary fan beam, one row of detector values at a time. */
export type ScoutProtocol = {
  kv: Kilovolts;
  mas: number;
  /** From front to back, or from side to side. */
  view: 'frontal' | 'lateral';
  /** Pixels a side and the side's length, mm; null: just around the body. */
  matrix: number;
  fieldOfView: number | null;
  couch: Couch;
};

export const SCOUT_PROTOCOL: ScoutProtocol = {
  kv: 120,
  mas: 5,
  view: 'frontal',
  matrix: 512,
  fieldOfView: null,
  couch: 'curved',
};
