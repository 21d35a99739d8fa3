/** An example of a label set: which part of the body a slice shows. */
import type { LabelSet } from '../labelSet.ts';

/**
 * Defined terms of Body Part Examined (PS3.16 Annex L), and THORAX, which many archives write. Terms of several regions,
 * such as CHESTABDOMEN and WHOLEBODY, are in no class: which of them a slice shows has to be seen.
 */
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
      dicom: part(
        ...['HEAD', 'BRAIN', 'SKULL', 'NECK', 'HEADNECK', 'FACE', 'ORBIT', 'EYE', 'EAR', 'IAC', 'MASTOID'],
        ...[
          'SELLA',
          'JAW',
          'MAXILLA',
          'TMJ',
          'ZYGOMA',
          'NOSE',
          'MOUTH',
          'TONGUE',
          'PAROTID',
          'SUBMANDIBULAR',
        ],
        ...['PHARYNX', 'LARYNX', 'THYROID', 'CAROTID'],
      ),
    },
    {
      id: 'chest',
      name: 'Chest',
      description: 'Lungs, heart and ribs',
      colour: '#e69f00',
      key: '2',
      folders: ['chest', 'thorax', 'lung'],
      dicom: part('CHEST', 'THORAX', 'LUNG', 'BRONCHUS', 'HEART', 'MEDIASTINUM', 'RIB', 'STERNUM'),
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
      dicom: part(
        ...[
          'ABDOMEN',
          'LIVER',
          'GALLBLADDER',
          'BILEDUCT',
          'KIDNEY',
          'ADRENAL',
          'PANCREAS',
          'SPLEEN',
          'STOMACH',
        ],
        ...['DUODENUM', 'JEJUNUM', 'ILEUM', 'SMALLINTESTINE', 'COLON', 'LARGEINTESTINE', 'UPRURINARYTRACT'],
      ),
    },
    {
      id: 'pelvis',
      name: 'Pelvis',
      description: 'Hips, bladder and prostate',
      colour: '#0072b2',
      key: '5',
      folders: ['pelvis', 'prostate', 'hip'],
      dicom: part('PELVIS', 'HIP', 'SIJOINT', 'ILIUM', 'BLADDER', 'PROSTATE', 'UTERUS', 'OVARY', 'RECTUM'),
    },
    {
      id: 'limb',
      name: 'Limb',
      description: 'Arms, hands, legs and feet',
      colour: '#d55e00',
      key: '6',
      folders: ['limb', 'hand', 'knee', 'extremity'],
      dicom: part(
        ...['EXTREMITY', 'SHOULDER', 'CLAVICLE', 'SCAPULA', 'ACJOINT', 'ARM', 'HUMERUS', 'ELBOW', 'FOREARM'],
        ...['RADIUS', 'ULNA', 'RADIUSULNA', 'WRIST', 'HAND', 'FINGER', 'THUMB', 'THIGH', 'FEMUR', 'KNEE'],
        ...['PATELLA', 'LEG', 'TIBIA', 'FIBULA', 'TIBIAFIBULA', 'ANKLE', 'FOOT', 'CALCANEUS', 'TOE'],
      ),
    },
    {
      id: 'spine',
      name: 'Spine',
      description: 'Cervical, thoracic and lumbar spine and sacrum',
      colour: '#f0e442',
      key: '7',
      folders: ['spine'],
      dicom: part('SPINE', 'CSPINE', 'CTSPINE', 'TSPINE', 'TLSPINE', 'LSPINE', 'LSSPINE', 'SSPINE', 'COCCYX'),
    },
  ],
  merged: {},
};
