/** Names and extensions of each format for pages and drops. Separate from the formats: a page loads no decoder. */
import type { FormatName } from '../types.ts';

/** Extensions of the two files of an image, which share a name; either file may also be gzipped (.gz). */
export type PairEndings = { header: readonly string[]; image: readonly string[] };

export type FormatMeta = {
  /** Stored with slices; never reused for another format. */
  name: FormatName;
  /** Name in sentences. */
  label: string;
  /** For docs only: files are recognised by their bytes. */
  extensions: readonly string[];
  /** For two-file images. No two formats share an extension. */
  pair?: PairEndings;
};

/** In the order in which sentences list them. */
export const FORMAT_META = {
  dicom: { name: 'dicom', label: 'DICOM', extensions: ['.dcm', '.dicom', '.ima'] },
  nifti: {
    name: 'nifti',
    label: 'NIfTI',
    extensions: ['.nii', '.nii.gz', '.hdr', '.img'],
    pair: { header: ['.hdr'], image: ['.img'] },
  },
  nrrd: {
    name: 'nrrd',
    label: 'NRRD',
    extensions: ['.nrrd', '.nhdr', '.raw'],
    pair: { header: ['.nhdr'], image: ['.raw'] },
  },
  npy: { name: 'npy', label: 'NumPy', extensions: ['.npy'] },
  png: { name: 'png', label: 'PNG', extensions: ['.png'] },
  jpeg: { name: 'jpeg', label: 'JPEG', extensions: ['.jpg', '.jpeg'] },
  tiff: { name: 'tiff', label: 'TIFF', extensions: ['.tif', '.tiff'] },
} as const satisfies Record<string, FormatMeta>;

const ALL: readonly FormatMeta[] = Object.values(FORMAT_META);

/** “DICOM, NIfTI … or TIFF”. */
export const FORMAT_LIST = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
  ALL.map(({ label }) => label),
);

/** The display name of a stored format name. */
export function formatLabel(name: string): string {
  return ALL.find((meta) => meta.name === name)?.label ?? name.toUpperCase();
}

/** The extensions of all formats with two-file images. */
export const PAIRS: readonly PairEndings[] = ALL.flatMap(({ pair }) => pair ?? []);
