/**
 * NIfTI-1 and NIfTI-2 (.nii; .nii.gz is inflated before), and both in two files (pair.ts). Slices run along
 * the third axis, then along every further one; rows are y and columns x as stored: no reorientation, which augmentation
 * covers.
 */
import { isSkip } from '../skip.ts';
import { FORMAT_META } from './meta.ts';
import { niftiVersion, readNifti, volumeOf } from './niftiHeader.ts';
import { readPairHeader } from './pair.ts';
import type { Format, PixelReader } from './types.ts';
import { openVolume, readerOf, volumeBytes } from './volume.ts';

export const nifti: Format = {
  meta: FORMAT_META.nifti,

  sniff: (head) => niftiVersion(head) !== null,

  async decode(bytes, context) {
    const found = niftiVersion(bytes);
    if (!found) return { code: 'not-an-image' };
    const header = readNifti(bytes, { ...found, single: true, astray: !found.single });
    const volume = isSkip(header) ? header : volumeOf(header);
    // Its pixels are in another file (see pair.ts), unless they follow the header anyway.
    const isWhole = !isSkip(volume) && volumeBytes(volume) <= bytes.length;
    if (!found.single && !isWhole) return { code: 'two-files' };
    return isSkip(volume) ? volume : openVolume(volume, { bytes }, context);
  },

  readHead(head): PixelReader | null {
    const found = niftiVersion(head);
    const header = found?.single ? readNifti(head, found) : null;
    const volume = header && !isSkip(header) ? volumeOf(header) : null;
    return volume && !isSkip(volume) ? readerOf(volume) : null;
  },

  readHeader: readPairHeader,
};
