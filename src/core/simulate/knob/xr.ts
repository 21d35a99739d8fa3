/** Knobs of radiographs and of mammograms. */
import type { XrProtocol } from '../xr/protocol.ts';
import { choice, type Knob, slider } from './knob.ts';

export type XrSettings = XrProtocol;

const SCATTER = slider<XrSettings>(
  {
    key: 'scatter',
    label: 'Scatter',
    unit: '×',
    usual: 1,
    description: 'Rays that were turned aside lie as a veil over the picture; a grid takes most of them.',
  },
  [0, 1, 2, 4, 8, 16],
  (scatter) => ({ scatter }),
);
const NOISE = slider<XrSettings>(
  {
    key: 'noise',
    label: 'Noise',
    unit: '×',
    usual: 1,
    description: 'Grain of few photons, as with too little dose.',
  },
  [0, 1, 2, 4, 8, 16],
  (noise) => ({ noise }),
);
const COLLIMATION = slider<XrSettings>(
  {
    key: 'collimation',
    label: 'Open field',
    unit: '%',
    usual: 100,
    description: 'Lead shutters leave a bright border around what was exposed.',
  },
  [40, 55, 70, 85, 100],
  (open) => ({ collimation: [open / 100, open / 100] }),
);

function voltage(values: readonly number[], usual: number): Knob<XrSettings> {
  return slider<XrSettings>(
    {
      key: 'kv',
      label: 'Tube voltage',
      unit: 'kV',
      usual,
      description: 'Hard rays pass bone: fewer kV set it off more.',
    },
    values,
    (kv) => ({ kv }),
  );
}

export const XR_KNOBS = [
  choice<XrSettings>(
    {
      key: 'view',
      label: 'View',
      usual: 'AP',
      description: 'The way of the beam: front to back, back to front, across or oblique.',
    },
    [
      ['AP', 'front to back', { view: 'AP' }],
      ['PA', 'back to front', { view: 'PA' }],
      ['LATERAL', 'lateral', { view: 'LATERAL' }],
      ['OBLIQUE', 'oblique', { view: 'OBLIQUE', angle: 40 }],
    ],
  ),
  voltage([45, 60, 75, 90, 110, 125], 75),
  SCATTER,
  NOISE,
  COLLIMATION,
] as const;

export const MG_KNOBS = [voltage([25, 28, 32, 36], 28), SCATTER, NOISE, COLLIMATION] as const;
