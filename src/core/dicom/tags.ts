/** The elements that are read; all others are skipped. Numbers are group·65536 + element (PS3.6). */
export const TAGS = {
  mediaStorageSopClass: 0x00020002,
  transferSyntax: 0x00020010,
  characterSet: 0x00080005,
  imageType: 0x00080008,
  sopClass: 0x00080016,
  instance: 0x00080018,
  modality: 0x00080060,
  conversionType: 0x00080064,
  manufacturer: 0x00080070,
  model: 0x00081090,
  frameType: 0x00089007,
  patient: 0x00100020,
  bodyPart: 0x00180015,
  view: 0x00185101,
  study: 0x0020000d,
  series: 0x0020000e,
  seriesNumber: 0x00200011,
  instanceNumber: 0x00200013,
  position: 0x00200032,
  orientation: 0x00200037,
  laterality: 0x00200060,
  imageLaterality: 0x00200062,
  samplesPerPixel: 0x00280002,
  photometric: 0x00280004,
  planarConfiguration: 0x00280006,
  numberOfFrames: 0x00280008,
  rows: 0x00280010,
  columns: 0x00280011,
  bitsAllocated: 0x00280100,
  bitsStored: 0x00280101,
  highBit: 0x00280102,
  pixelRepresentation: 0x00280103,
  paddingValue: 0x00280120,
  paddingRangeLimit: 0x00280121,
  floatPadding: 0x00280122,
  doublePadding: 0x00280123,
  floatPaddingLimit: 0x00280124,
  doublePaddingLimit: 0x00280125,
  burnedIn: 0x00280301,
  windowCentre: 0x00281050,
  windowWidth: 0x00281051,
  rescaleIntercept: 0x00281052,
  rescaleSlope: 0x00281053,
  voiFunction: 0x00281056,
  redDescriptor: 0x00281101,
  greenDescriptor: 0x00281102,
  blueDescriptor: 0x00281103,
  redPalette: 0x00281201,
  greenPalette: 0x00281202,
  bluePalette: 0x00281203,
  redSegments: 0x00281221,
  greenSegments: 0x00281222,
  blueSegments: 0x00281223,
  modalityLuts: 0x00283000,
  lutDescriptor: 0x00283002,
  lutData: 0x00283006,
  voiLuts: 0x00289132,
  valueTransformations: 0x00289145,
  /** Private: the tiles of a mosaic, DS. */
  unitedImagingTiles: 0x00651050,
  sharedGroups: 0x52009229,
  frameGroups: 0x52009230,
  offsetTable: 0x7fe00001,
  floatPixels: 0x7fe00008,
  doublePixels: 0x7fe00009,
  pixels: 0x7fe00010,
} as const;

/** Overlay Data of the sixteen groups 6000, 6002, … 601E (PS3.3 C.9.2). */
export const OVERLAYS: readonly number[] = Array.from({ length: 16 }, (_, i) => 0x60003000 + i * 0x20000);

/**
 * Functional groups that contain Frame Type: of MR, CT and PET images, also legacy converted ones,
 * X-ray 3D, ultrasound, intravascular OCT, microscopy, parametric maps (PS3.3 C.8).
 */
export const FRAME_TYPES: readonly number[] = [
  0x00189226, 0x00189329, 0x00189751, 0x00189504, 0x00189806, 0x00520025, 0x00400710, 0x00409092,
];

export const WANTED: ReadonlySet<number> = new Set([...Object.values(TAGS), ...OVERLAYS, ...FRAME_TYPES]);

/** The sequences that are read, at the top level and inside each other. */
export const SEQUENCES: ReadonlySet<number> = new Set([
  TAGS.modalityLuts,
  TAGS.voiLuts,
  TAGS.valueTransformations,
  TAGS.sharedGroups,
  TAGS.frameGroups,
  ...FRAME_TYPES,
]);

/** Any of these ends the header. */
export const PIXEL_TAGS: ReadonlySet<number> = new Set([TAGS.floatPixels, TAGS.doublePixels, TAGS.pixels]);

/** Delimiters of sequences and items (PS3.5 7.5). */
export const ITEM = 0xfffee000;
export const ITEM_END = 0xfffee00d;
export const SEQUENCE_END = 0xfffee0dd;
export const UNDEFINED_LENGTH = 0xffffffff;
