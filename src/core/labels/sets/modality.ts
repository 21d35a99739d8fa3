/** The default label set: the paper's four modalities. */
import type { LabelSet } from '../labelSet.ts';

const modality = (...values: string[]) => values.map((value) => ({ attribute: 'Modality', value }) as const);

/**
 * The paper's map: CR, DX and MG are XR; all else is in no class. RG, IO and PX are projection X-rays too, XA and RF are
 * moving ones: the paper had none, so a project may add them. Colours: Okabe and Ito, "Color Universal Design", 2008.
 */
export const MODALITY_SET: LabelSet = {
  id: 'modality',
  name: 'Modality',
  classes: [
    {
      id: 'CT',
      name: 'CT',
      description: 'Computed tomography',
      colour: '#56b4e9',
      key: '1',
      folders: ['CT'],
      dicom: modality('CT'),
    },
    {
      id: 'MR',
      name: 'MR',
      description: 'Magnetic resonance imaging',
      colour: '#e69f00',
      key: '2',
      folders: ['MR'],
      dicom: modality('MR'),
    },
    {
      id: 'PT',
      name: 'PT',
      description: 'Positron emission tomography',
      colour: '#cc79a7',
      key: '3',
      folders: ['PT'],
      dicom: modality('PT'),
    },
    {
      id: 'XR',
      name: 'XR',
      description: 'Projection radiography',
      colour: '#009e73',
      key: '4',
      folders: ['XR'],
      dicom: modality('CR', 'DX', 'MG'),
    },
  ],
  merged: {},
};
