/** Knobs of CT. */
import type { CtProtocol } from '../ct/protocol.ts';
import { choice, slider } from './knob.ts';

export type CtSettings = CtProtocol;

export const CT_KNOBS = [
  slider<CtSettings>(
    {
      key: 'mas',
      label: 'Dose',
      unit: 'mAs',
      usual: 160,
      description: 'A quarter of the dose doubles the noise.',
    },
    [1, 2, 5, 10, 20, 40, 80, 160, 320],
    (mas) => ({ mas }),
  ),
  choice<CtSettings>(
    {
      key: 'kv',
      label: 'Tube voltage',
      usual: '120',
      description: 'Fewer kV make bone and contrast medium brighter, and all of it noisier.',
    },
    [
      ['80', '80 kV', { kv: 80 }],
      ['100', '100 kV', { kv: 100 }],
      ['120', '120 kV', { kv: 120 }],
      ['140', '140 kV', { kv: 140 }],
    ],
  ),
  choice<CtSettings>(
    {
      key: 'kernel',
      label: 'Kernel',
      usual: 'standard',
      description: 'The filter of the reconstruction: sharper edges cost more noise.',
    },
    [
      ['soft', 'soft', { kernel: 'soft' }],
      ['standard', 'standard', { kernel: 'standard' }],
      ['bone', 'bone', { kernel: 'bone' }],
    ],
  ),
  slider<CtSettings>(
    {
      key: 'thickness',
      label: 'Slice thickness',
      unit: 'mm',
      usual: 5,
      description:
        'Thin slices are sharper and noisier; thick ones average the anatomy along their thickness.',
    },
    [1, 2, 3, 5, 10, 20],
    (thickness) => ({ thickness, planes: thickness > 5 ? 3 : 1 }),
  ),
  choice<CtSettings>(
    {
      key: 'phase',
      label: 'Contrast medium',
      usual: 'none',
      description:
        'Iodine in arteries after half a minute, in veins and liver after one, in the urine later.',
    },
    [
      ['none', 'none', { phase: 'none' }],
      ['arterial', 'arterial', { phase: 'arterial' }],
      ['portal', 'portal', { phase: 'portal' }],
      ['delayed', 'delayed', { phase: 'delayed' }],
    ],
  ),
] as const;
