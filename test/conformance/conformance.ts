/** DICOM and NIfTI files of many makers against pixels decoded by pydicom, gdcm, dcmtk and nibabel. */

import type { Numbers } from '../../src/core/bytes/numbers.ts';
import { text } from '../../src/core/dicom/dataSet.ts';
import { parse } from '../../src/core/dicom/parse.ts';
import { kindWithoutImage } from '../../src/core/dicom/series.ts';
import { TAGS } from '../../src/core/dicom/tags.ts';
import { openFile } from '../../src/core/formats/decode.ts';
import { isSkip, type Skip, type SkipCode, skipReason } from '../../src/core/skip.ts';
import { type Archive, readJson } from './archive.ts';
import { EXPLAINED } from './explained.ts';
import { outcomeOf } from './outcome.ts';
import { difference, paletteColors, type Reference, sha256, storedPixels } from './pixels.ts';
import type { Case, Failure } from './report.ts';

/** A file of the set that says what the others hold. */
export const MARKER = 'reference_dicom.json';

type DicomEntry = {
  file: string;
  ref: {
    status: 'ok' | 'no_pixel_data' | 'undecodable_by_reference';
    stored?: Reference;
    rgb?: Reference;
    lossy_ts?: boolean;
    rescale?: [number | null, number | null];
  };
};

type NiftiEntry = {
  file: string;
  shape: number[];
  min?: number;
  max?: number;
  mean?: number;
  samples?: number[];
};

/** Relative difference of two computations of one double. */
const PRECISION = 1e-6;

/** One case for each file that the set's lists name. */
export function conformanceCases(archive: Archive): Case[] {
  const dicom = readJson<DicomEntry[]>(archive, MARKER).map((entry) =>
    caseOf(entry.file, () => checkDicom(archive.read(entry.file), entry)),
  );
  const nifti = readJson<NiftiEntry[]>(archive, 'reference_nifti.json').map((entry) =>
    caseOf(entry.file, () => checkNifti(archive.read(entry.file), entry)),
  );
  return [...dicom, ...nifti];
}

function caseOf(file: string, check: Case['check']): Case {
  const explanation = EXPLAINED[file];
  return explanation ? { file, check, explained: explanation.reason } : { file, check };
}

async function checkDicom(bytes: Uint8Array, { file, ref }: DicomEntry): Promise<Failure | null> {
  const { slices, skips } = await outcomeOf(bytes);
  const codes = skips.map(({ code }) => code);
  if (ref.status !== 'ok' || !ref.stored) {
    if (ref.status === 'no_pixel_data') return checkWithout(file, slices, codes);
    return slices + codes.length > 0 ? null : failure(file, 'slices or a named skip', 'nothing');
  }
  const explanation = EXPLAINED[file];
  if (explanation && 'refused' in explanation) {
    const { refused, slices: left } = explanation;
    const other = codes.find((code) => code !== refused && code !== 'blank');
    if (slices === left && codes.includes(refused) && !other) return null;
    return failure(file, `${left} slices and ${refused}`, `${slices} slices and ${other ?? codes[0]}`);
  }

  const { stored, rgb, rescale, lossy_ts: lossy = false } = ref;
  const found = await storedPixels(bytes, stored.dtype);
  if (isSkip(found)) return failure(file, 'the pixels of the reference', skipped(found));
  if (String(found.shape) !== String(stored.shape)) {
    return failure(file, `shape ${stored.shape}`, `shape ${found.shape}`);
  }
  const lacking = skips.find(({ code }) => code !== 'blank');
  if (lacking && !isWithoutImage(bytes)) return failure(file, 'slices', skipped(lacking));
  if (explanation) {
    const hash = sha256(found.values);
    return hash === explanation.sha256
      ? null
      : failure(file, `sha256 ${explanation.sha256}`, `sha256 ${hash}`);
  }
  const off = difference(found.values, stored, lossy);
  if (off)
    return failure(file, lossy ? 'within one level of the reference' : 'the bits of the reference', off);
  const colors = rgb && paletteColors(found, rgb.dtype);
  const offColors = colors && difference(colors, rgb, lossy) && difference(swapped(colors), rgb, lossy);
  if (offColors) return failure(file, 'the palette colours of the reference', offColors);
  const { slope, intercept } = found.header.scale(0);
  const [wantedSlope, wantedIntercept] = rescale ?? [null, null];
  if (wantedSlope !== null && !close(Math.abs(slope), Math.abs(wantedSlope))) {
    return failure(file, `slope ${wantedSlope}`, `slope ${slope}`);
  }
  if (wantedIntercept !== null && !close(Math.abs(intercept), Math.abs(wantedIntercept))) {
    return failure(file, `intercept ${wantedIntercept}`, `intercept ${intercept}`);
  }
  return null;
}

/** pydicom 2.3 reads the 16-bit palettes of big-endian files in the machine's order. */
function swapped(colors: Numbers): Numbers {
  return colors instanceof Uint16Array ? colors.map((word) => (word >> 8) | (word << 8)) : colors;
}

/** Files without pixels are named as such, or as cut off, or as no images at all. */
function checkWithout(file: string, slices: number, codes: readonly SkipCode[]): Failure | null {
  // This one lacks only the delimiter behind its last frame.
  if (file.endsWith('too_short.dcm'))
    return slices === 10 ? null : failure(file, '10 slices', String(slices));
  const named = codes.length === 1 && ['dicom-no-pixels', 'truncated', 'not-an-image'].includes(codes[0]);
  return named && slices === 0 ? null : failure(file, 'no image', `${slices} slices, ${codes.join()}`);
}

/** Segmentations have pixels that the app leaves out, as they are of no modality. */
function isWithoutImage(bytes: Uint8Array): boolean {
  const file = parse(bytes);
  return !isSkip(file) && kindWithoutImage(text(file.body, TAGS.sopClass)) !== null;
}

async function checkNifti(bytes: Uint8Array, entry: NiftiEntry): Promise<Failure | null> {
  const { file, shape, samples, min, max, mean } = entry;
  const explanation = EXPLAINED[file];
  const image = await openFile(bytes, {});
  if (isSkip(image)) {
    const expected = explanation && 'refused' in explanation && explanation.refused === image.code;
    return expected ? null : failure(file, 'the values of the reference', skipped(image));
  }
  if (explanation) return failure(file, 'refused', `${image.frameCount} frames`);
  const values = new Float64Array(shape.reduce((product, length) => product * length, 1));
  let at = 0;
  for await (const frame of image.frames()) {
    if (isSkip(frame)) return failure(file, 'the values of the reference', skipped(frame));
    if (frame.columns !== shape[0] || frame.rows !== shape[1]) {
      return failure(file, `shape ${shape}`, `${frame.columns} × ${frame.rows}`);
    }
    for (const stored of frame.values) values[at++] = stored * frame.slope + frame.intercept;
  }
  if (at !== values.length) return failure(file, `${values.length} values`, String(at));
  // Colour and complex numbers have no reference.
  if (!samples) return null;
  let [low, high, sum] = [values[0], values[0], 0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
  }
  const last = Math.max(1, samples.length - 1);
  const figures = { min: [low, min], max: [high, max], mean: [sum / values.length, mean] };
  for (const [name, [got, wanted]] of Object.entries(figures)) {
    if (wanted !== undefined && !close(got as number, wanted))
      return failure(file, `${name} ${wanted}`, `${got}`);
  }
  const wrong = samples.filter(
    (sample, k) => !close(values[Math.floor((k * (values.length - 1)) / last)], sample),
  );
  return wrong.length ? failure(file, 'the sampled values of the reference', `${wrong.length} others`) : null;
}

function close(got: number, wanted: number): boolean {
  return Math.abs(got - wanted) <= PRECISION * Math.max(1, Math.abs(wanted));
}

function failure(file: string, expected: string, got: string): Failure {
  return { file, expected, got };
}

function skipped(skip: Skip): string {
  return `${skip.code}: ${skipReason(skip)}`;
}
