/**
 * An example of a label set: the task of Chiang, Weng and Chiu, "Automatic classification of medical image modality and
 * anatomical location using convolutional neural network", PLoS ONE 16(6), e0253205, 2021. A class is a modality and a
 * location together, which no single attribute says: folders propose it.
 */
import type { LabelSet } from '../labelSet.ts';

export const CHIANG_SET: LabelSet = {
  id: 'modality-location',
  name: 'Modality and location (Chiang)',
  classes: [
    {
      id: 'abdominal-ct',
      name: 'Abdominal CT',
      description: 'CT of the abdomen',
      colour: '#56b4e9',
      key: '1',
      folders: ['abdominal ct', 'ct abdomen'],
      dicom: [],
    },
    {
      id: 'brain-ct',
      name: 'Brain CT',
      description: 'CT of the head',
      colour: '#e69f00',
      key: '2',
      folders: ['brain ct', 'ct brain'],
      dicom: [],
    },
    {
      id: 'brain-mr',
      name: 'Brain MR',
      description: 'MR of the head',
      colour: '#cc79a7',
      key: '3',
      folders: ['brain mr', 'mr brain', 'brain mri'],
      dicom: [],
    },
    {
      id: 'lumbar-mr',
      name: 'Lumbar spine MR',
      description: 'MR of the lumbar spine',
      colour: '#009e73',
      key: '4',
      folders: ['lumbar mr', 'spine mr', 'mr lumbar spine'],
      dicom: [],
    },
  ],
  merged: {},
};
