/** Knobs of PET. */
import type { PtProtocol } from '../pt/protocol.ts';
import { choice, slider } from './knob.ts';

export type PtSettings = PtProtocol;

export const PT_KNOBS = [
  slider<PtSettings>(
    {
      key: 'counts',
      label: 'Counts',
      unit: '%',
      usual: 100,
      description: 'Decays counted, as a share of the usual scan: activity and time on the couch.',
    },
    [2, 5, 10, 25, 50, 100, 200, 400],
    (counts) => ({ counts: counts / 100 }),
  ),
  slider<PtSettings>(
    {
      key: 'resolution',
      label: 'Resolution',
      unit: 'mm',
      usual: 5,
      description: 'Width to which a point is spread: small lesions fade as it grows.',
    },
    [3, 4, 5, 6, 8, 12],
    (resolution) => ({ resolution, filter: resolution }),
  ),
  choice<PtSettings>(
    {
      key: 'tracer',
      label: 'Tracer',
      usual: 'FDG',
      description:
        'Sugar goes to brain, heart and tumours; fluoride to bone; amyloid’s ligand to liver and white matter.',
    },
    [
      ['FDG', 'FDG (sugar)', { tracer: 'FDG' }],
      ['NaF', 'NaF (bone)', { tracer: 'NaF' }],
      ['amyloid', 'amyloid', { tracer: 'amyloid' }],
    ],
  ),
  choice<PtSettings>(
    {
      key: 'attenuation',
      label: 'Attenuation correction',
      usual: 'on',
      description: 'Without it skin and lungs shine, and what lies deep is dark.',
    },
    [
      ['on', 'on', { attenuationCorrection: true }],
      ['off', 'off', { attenuationCorrection: false }],
    ],
  ),
  choice<PtSettings>(
    {
      key: 'reconstruction',
      label: 'Reconstruction',
      usual: 'OSEM',
      description: 'Filtered back-projection draws streaks where iterations (OSEM) leave blotches.',
    },
    [
      ['OSEM', 'OSEM', { reconstruction: 'OSEM' }],
      ['FBP', 'FBP', { reconstruction: 'FBP' }],
    ],
  ),
] as const;
