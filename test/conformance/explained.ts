/**
 * Conformance files that are read otherwise than the reference reads them, each with its reason. A file passes
 * only where it ends as it says here: refused by that code (a file of several frames with that many slices left),
 * or with stored values of that hash, which pydicom, gdcm and Pillow give once the rule named in `reason` is applied.
 */
import type { SkipCode } from '../../src/core/skip.ts';

export type Explanation = { reason: string } & ({ refused: SkipCode; slices: number } | { sha256: string });

export const EXPLAINED: Readonly<Record<string, Explanation>> = {
  'dicom/fodicom/genFile.dcm': {
    reason:
      'The only fragment holds bare pixels where PS3.5 8.2.1 and A.4.1 want a JPEG stream; the reference moves them and begins with memory of its own.',
    refused: 'malformed',
    slices: 0,
  },
  'dicom/fodicom/multiframe.dcm': {
    reason:
      'Streams of the tiles at the edges are smaller than Rows × Columns, against PS3.5 8.2.1; the reference puts their lines where others belong. The 117 whole tiles are decoded.',
    refused: 'malformed',
    slices: 117,
  },
  'dicom/pydicom-src/JPEG2000-embedded-sequence-delimiter.dcm': {
    reason: 'The size in the stream (SIZ) was overwritten, against PS3.5 8.2.4; the reference gives zeros.',
    refused: 'malformed',
    slices: 0,
  },
  'dicom/fodicom/GH195.dcm': {
    reason:
      'The stream is YCbCr (JFIF, ITU-T T.871, with halved colours), the header says RGB. The reference believes the header, we the stream, as PS3.5 8.2.1 leaves no other way to see the colours right; Pillow gives the same bits.',
    sha256: '9c6377e0097335abe7da388ef1477c7043dc41f0043ff2fbdcf86fcf7505967e',
  },
  'dicom/pydicom-data/JLSL_16_15_1_1F.dcm': {
    reason:
      '15 bits stored, signed: PS3.5 8.1.1 makes bit 14 the sign, the reference leaves it among the others. The hash is of the reference with the sign extended.',
    sha256: 'bb0a20c386271e836966f81064e1b439a2951b1faa35b48ddbd34e11fb926b6c',
  },
  'dicom/pydicom-data/OBXXXX1A_expb.dcm': {
    reason:
      '8 bits in OW words, big endian: PS3.5-2013 7.3 turns each word around, the reference does not. The hash is of the words turned around, as gdcm has them; they are the pixels of the same image in little endian.',
    sha256: '48abdc16b5064b61cf5960f7056756fc97f4547186e88b3bbcc1ebc2a66e6ca7',
  },
  'dicom/pydicom-data/OBXXXX1A_expb_2frame.dcm': {
    reason:
      '8 bits in OW words, big endian: PS3.5-2013 7.3 turns each word around, the reference does not. The hash is of the words turned around, as gdcm has them; they are the pixels of the same image in little endian.',
    sha256: 'a4e8cb3611e675c71a3f478b3cc231e665aaa2f55530a2b89e9e60ff42bda625',
  },
  'dicom/dtf-pydicom/mlut_18.dcm': {
    reason:
      '12 bits stored, signed, with others above, which PS3.5 8.1.1 drops and the reference keeps; the Modality LUT of the file maps −2048 to 2047, too. The hash is of the reference with the sign extended.',
    sha256: '9195d8833fb4ec4fd38b7ba84b5025859211d62e76af3188dfb426683485d58a',
  },
  'nifti/nvmain__pval.LH.nii.gz': {
    reason: 'Values of a surface, 163,842 × 1 × 1: a line and no image, whatever NIfTI’s dim says.',
    refused: 'pixel-layout',
    slices: 0,
  },
};
