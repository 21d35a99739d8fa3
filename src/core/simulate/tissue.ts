/** The tissues of bodies. Each modality's table defines their appearance. */

/** In the order of the numbers in `Volume.tissue`. */
export const TISSUES = [
  'air',
  'lung',
  'fat',
  'muscle',
  'skin',
  'blood',
  'liver',
  'spleen',
  'kidney',
  'pancreas',
  'bowel',
  'greyMatter',
  'whiteMatter',
  'csf',
  'marrow',
  'trabecularBone',
  'corticalBone',
  'cartilage',
  'gland',
  'water',
  'contrast',
  'lesion',
  'metal',
  /** In the bladder and the renal pelvis: water that collects tracer and contrast medium. */
  'urine',
  /** The muscle of the heart, which has its own uptake. */
  'heart',
  'thyroid',
  /** Tendons, ligaments, menisci: dense collagen, dark in MR. */
  'tendon',
  /** Spongy bone of the limbs with fatty marrow. */
  'fattyBone',
  /** The wet core of a disc. */
  'nucleus',
  /** Cortex and fluid about half and half: sulci and edges of gyri that are narrower than a voxel. */
  'sulcus',
] as const;
export type Tissue = (typeof TISSUES)[number];

/** Number of each tissue in `Volume.tissue`. */
export const TISSUE = Object.fromEntries(TISSUES.map((name, at) => [name, at])) as Record<Tissue, number>;
