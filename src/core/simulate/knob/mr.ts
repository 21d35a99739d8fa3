/** Knobs of MR. */
import { CONTRASTS, type Contrast, type MrProtocol } from '../mr/protocol.ts';
import { choice, slider } from './knob.ts';

export type MrSettings = MrProtocol;

const SEQUENCES: readonly (readonly [Contrast, string])[] = [
  ['T1', 'T1 spin echo'],
  ['T2', 'T2 spin echo'],
  ['PD', 'proton density'],
  ['PDFS', 'proton density, fat suppressed'],
  ['T2FS', 'T2, fat suppressed'],
  ['FLAIR', 'FLAIR'],
  ['STIR', 'STIR'],
  ['T1GRE', 'T1 gradient echo'],
  ['T1C', 'T1 with gadolinium'],
  ['DWI', 'diffusion'],
];

export const MR_KNOBS = [
  choice<MrSettings>(
    {
      key: 'contrast',
      label: 'Sequence',
      usual: 'T1',
      description: 'The same patient looks different with each: water is dark in T1, bright in T2.',
    },
    SEQUENCES.map(([contrast, label]) => [contrast, label, CONTRASTS[contrast] as Partial<MrProtocol>]),
  ),
  choice<MrSettings>(
    {
      key: 'orientation',
      label: 'Plane',
      usual: 'axial',
      description: 'MR measures in any plane: across, from the front, from the side.',
    },
    [
      ['axial', 'axial', { orientation: 'axial' }],
      ['coronal', 'coronal', { orientation: 'coronal' }],
      ['sagittal', 'sagittal', { orientation: 'sagittal' }],
    ],
  ),
  choice<MrSettings>(
    {
      key: 'field',
      label: 'Field strength',
      usual: '1.5',
      description: 'Twice the field has twice the signal by noise, and moves fat twice as far.',
    },
    [
      ['1.5', '1.5 T', { field: 1.5 }],
      ['3', '3 T', { field: 3 }],
    ],
  ),
  slider<MrSettings>(
    {
      key: 'lines',
      label: 'Matrix',
      unit: 'lines',
      usual: 192,
      description: 'Fewer lines are faster and quieter; edges blur and ring.',
    },
    [48, 64, 96, 128, 192, 256],
    (lines) => ({ acquired: [Math.min(256, Math.round(lines / 0.86)), lines] }),
  ),
  slider<MrSettings>(
    {
      key: 'motion',
      label: 'Motion',
      unit: '%',
      usual: 10,
      description: 'Breath and pulse repeat the body as ghosts along one direction.',
    },
    [0, 10, 25, 50, 75, 100],
    (motion) => ({ motion: motion / 100 }),
  ),
  slider<MrSettings>(
    {
      key: 'noise',
      label: 'Noise',
      unit: '×',
      usual: 1,
      description: 'The noise of patient and coil, as a multiple of what physics gives.',
    },
    [0, 0.5, 1, 2, 4, 8],
    (noise) => ({ noise }),
  ),
] as const;
