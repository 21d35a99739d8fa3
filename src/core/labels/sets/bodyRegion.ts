/** An example of a label set: which part of the body a slice shows. */
import type { LabelSet } from '../labelSet.ts';

/** Values of Body Part Examined are DICOM's (PS3.16 Annex L). */
const part = (...values: string[]) =>
  values.map((value) => ({ attribute: 'BodyPartExamined', value }) as const);

export const BODY_REGION_SET: LabelSet = {
  id: 'body-region',
  name: 'Body region',
  classes: [
    {
      id: 'head',
      name: 'Head',
      description: 'Skull, brain, face and neck',
      colour: '#56b4e9',
      key: '1',
      folders: ['head', 'brain', 'neck'],
      dicom: part('HEAD', 'BRAIN', 'SKULL', 'NECK', 'HEADNECK', 'SINUS', 'ORBIT', 'FACE'),
    },
    {
      id: 'chest',
      name: 'Chest',
      description: 'Lungs, heart and ribs',
      colour: '#e69f00',
      key: '2',
      folders: ['chest', 'thorax', 'lung'],
      dicom: part('CHEST', 'THORAX', 'LUNG', 'HEART', 'RIB'),
    },
    {
      id: 'breast',
      name: 'Breast',
      description: 'Mammograms and breast MR',
      colour: '#cc79a7',
      key: '3',
      folders: ['breast'],
      dicom: part('BREAST'),
    },
    {
      id: 'abdomen',
      name: 'Abdomen',
      description: 'Liver, kidneys and bowel',
      colour: '#009e73',
      key: '4',
      folders: ['abdomen', 'liver', 'kidney'],
      dicom: part('ABDOMEN', 'LIVER', 'KIDNEY', 'PANCREAS', 'SPLEEN'),
    },
    {
      id: 'pelvis',
      name: 'Pelvis',
      description: 'Hips, bladder and prostate',
      colour: '#0072b2',
      key: '5',
      folders: ['pelvis', 'prostate', 'hip'],
      dicom: part('PELVIS', 'PROSTATE', 'HIP', 'BLADDER', 'UTERUS'),
    },
    {
      id: 'limb',
      name: 'Limb',
      description: 'Arms, hands, legs and feet',
      colour: '#d55e00',
      key: '6',
      folders: ['limb', 'hand', 'knee', 'extremity'],
      dicom: part('EXTREMITY', 'HAND', 'WRIST', 'ELBOW', 'ARM', 'KNEE', 'LEG', 'ANKLE', 'FOOT', 'THIGH'),
    },
  ],
  merged: {},
};
