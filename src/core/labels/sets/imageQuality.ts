/** An example of a label set: whether an image can be used. Nothing in a header says so: people label it. */
import type { LabelSet } from '../labelSet.ts';

export const IMAGE_QUALITY_SET: LabelSet = {
  id: 'image-quality',
  name: 'Image quality',
  classes: [
    {
      id: 'good',
      name: 'Good',
      description: 'Nothing hinders reading it',
      colour: '#009e73',
      key: '1',
      folders: [],
      dicom: [],
    },
    {
      id: 'limited',
      name: 'Limited',
      description: 'Motion, noise, metal or a cut-off field of view, but it can be read',
      colour: '#f0e442',
      key: '2',
      folders: [],
      dicom: [],
    },
    {
      id: 'not-usable',
      name: 'Not usable',
      description: 'It cannot be read',
      colour: '#d55e00',
      key: '3',
      folders: [],
      dicom: [],
    },
  ],
  merged: {},
};
