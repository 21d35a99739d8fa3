/** The storage classes of images (PS3.4 B.5, retired ones included): their names, and the Modality that each implies. */

export type StorageClass = {
  /** In DICOM's words, without "Image Storage". */
  name: string;
  /** A defined term of Modality; null: objects of this class may be of any. */
  modality: string | null;
};

const ROOT = '1.2.840.10008.5.1.4.1.1.';

/** The rest of the UID, the Modality, the name. */
const CLASSES: readonly (readonly [uid: string, modality: string | null, name: string])[] = [
  ['1', 'CR', 'Computed Radiography'],
  ['1.1', 'DX', 'Digital X-Ray'],
  ['1.1.1', 'DX', 'Digital X-Ray, for processing'],
  ['1.2', 'MG', 'Digital Mammography'],
  ['1.2.1', 'MG', 'Digital Mammography, for processing'],
  ['1.3', 'IO', 'Digital Intra-Oral X-Ray'],
  ['1.3.1', 'IO', 'Digital Intra-Oral X-Ray, for processing'],
  ['2', 'CT', 'CT'],
  ['2.1', 'CT', 'Enhanced CT'],
  ['2.2', 'CT', 'Legacy Converted Enhanced CT'],
  ['3', 'US', 'Ultrasound Multi-frame (retired)'],
  ['3.1', 'US', 'Ultrasound Multi-frame'],
  ['4', 'MR', 'MR'],
  ['4.1', 'MR', 'Enhanced MR'],
  ['4.3', 'MR', 'Enhanced MR Color'],
  ['4.4', 'MR', 'Legacy Converted Enhanced MR'],
  ['5', 'NM', 'Nuclear Medicine (retired)'],
  ['6', 'US', 'Ultrasound (retired)'],
  ['6.1', 'US', 'Ultrasound'],
  ['6.2', 'US', 'Enhanced US Volume'],
  ['6.3', 'PA', 'Photoacoustic'],
  ['7', null, 'Secondary Capture'],
  ['7.1', null, 'Multi-frame Single Bit Secondary Capture'],
  ['7.2', null, 'Multi-frame Grayscale Byte Secondary Capture'],
  ['7.3', null, 'Multi-frame Grayscale Word Secondary Capture'],
  ['7.4', null, 'Multi-frame True Color Secondary Capture'],
  ['12.1', 'XA', 'X-Ray Angiographic'],
  ['12.1.1', 'XA', 'Enhanced XA'],
  ['12.2', 'RF', 'X-Ray Radiofluoroscopic'],
  ['12.2.1', 'RF', 'Enhanced XRF'],
  ['12.3', 'XA', 'X-Ray Angiographic Bi-Plane (retired)'],
  ['13.1.1', 'XA', 'X-Ray 3D Angiographic'],
  ['13.1.2', null, 'X-Ray 3D Craniofacial'],
  ['13.1.3', 'MG', 'Breast Tomosynthesis'],
  ['13.1.4', 'MG', 'Breast Projection X-Ray'],
  ['13.1.5', 'MG', 'Breast Projection X-Ray, for processing'],
  ['14.1', 'IVOCT', 'Intravascular Optical Coherence Tomography'],
  ['14.2', 'IVOCT', 'Intravascular Optical Coherence Tomography, for processing'],
  ['20', 'NM', 'Nuclear Medicine'],
  ['30', null, 'Parametric Map'],
  ['77.1.1', 'ES', 'VL Endoscopic'],
  ['77.1.1.1', 'ES', 'Video Endoscopic'],
  ['77.1.2', 'GM', 'VL Microscopic'],
  ['77.1.2.1', 'GM', 'Video Microscopic'],
  ['77.1.3', 'SM', 'VL Slide-Coordinates Microscopic'],
  ['77.1.4', 'XC', 'VL Photographic'],
  ['77.1.4.1', 'XC', 'Video Photographic'],
  ['77.1.5.1', 'OP', 'Ophthalmic Photography 8 Bit'],
  ['77.1.5.2', 'OP', 'Ophthalmic Photography 16 Bit'],
  ['77.1.5.4', 'OPT', 'Ophthalmic Tomography'],
  ['77.1.5.5', 'OP', 'Wide Field Ophthalmic Photography Stereographic'],
  ['77.1.5.6', 'OP', 'Wide Field Ophthalmic Photography 3D Coordinates'],
  ['77.1.6', 'SM', 'VL Whole Slide Microscopy'],
  ['77.1.7', 'DMS', 'Dermoscopic Photography'],
  ['128', 'PT', 'Positron Emission Tomography'],
  ['128.1', 'PT', 'Legacy Converted Enhanced PET'],
  ['130', 'PT', 'Enhanced PET'],
  ['481.1', 'RTIMAGE', 'RT Image'],
  ['481.2', 'RTDOSE', 'RT Dose'],
];

const BY_UID = new Map(CLASSES.map(([uid, modality, name]) => [ROOT + uid, { name, modality }]));

/** null for other classes, private ones among them. */
export function storageClass(uid: string | null): StorageClass | null {
  return (uid !== null && BY_UID.get(uid)) || null;
}
