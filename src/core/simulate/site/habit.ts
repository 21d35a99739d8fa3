/** Usual habits, which sites override. */
import type { CtHabit, MrHabit, PtHabit, Site, XrHabit } from './site.ts';

export const SITE = {
  language: 'en',
  characterSet: '',
  filling: 'usual',
  position: 'HFS',
} as const satisfies Partial<Site>;

export const CT = {
  manufacturer: 'Practice Imaging',
  model: 'Turn 64',
  syntax: 'explicit',
  protocol: {},
  variants: [{}],
  scout: false,
  bits: 12,
  signed: false,
  intercept: -1024,
  padding: null,
  windows: 'one',
} as const satisfies Partial<CtHabit>;

export const MR = {
  manufacturer: 'Practice Imaging',
  model: 'Field 15',
  syntax: 'explicit',
  protocol: {},
  bits: 12,
  signed: false,
  peak: 1200,
  rescaled: false,
} as const satisfies Partial<MrHabit>;

export const PT = {
  manufacturer: 'Practice Imaging',
  model: 'Ring 4',
  syntax: 'explicit',
  protocol: {},
  variants: [{}],
  signed: true,
  perSlice: true,
  photometric: 'MONOCHROME2',
} as const satisfies Partial<PtHabit>;

export const XR = {
  manufacturer: 'Practice Imaging',
  model: 'Plate',
  syntax: 'explicit',
  object: 'DX',
  side: 512,
  protocol: {},
  look: {},
  border: 0,
  burned: false,
} as const satisfies Partial<XrHabit>;

/** A joint fills the picture. The leg continues along the frequency direction, in which it does not wrap around. */
export const KNEE = { fieldOfView: 165, phase: 'rows', spacing: 4, coil: 'volume' } as const;
/** The organs between the hips, in a small field of view. */
export const PROSTATE = { fieldOfView: 200, centre: [0, 10, -20], spacing: 4.5, thickness: 4 } as const;
/** Breasts hang into a dedicated coil, which receives little signal from the chest behind them. */
export const BREAST = { coil: 'surface', fieldOfView: 340, centre: [0, -60, 0] } as const;
/** A brain without skull and face fills the picture. */
export const ALONE = { fieldOfView: 190, spacing: 9 } as const;
/** The back, with a coil under the patient. */
export const BACK = {
  fieldOfView: 280,
  centre: [0, 20, 0],
  coil: 'surface',
  spacing: 4.5,
  thickness: 4,
} as const;
