/** Writes DICOM files: every layout of pixels that the decoder reads, and any element besides. */
import type { DicomElement } from '../../src/core/dicom/write/element.ts';
import { dicomBytes } from '../../src/core/dicom/write/file.ts';
import { fragmentedPixels, nativePixels, type Pixels } from '../../src/core/dicom/write/pixels.ts';
import type { SyntaxName } from '../../src/core/dicom/write/syntax.ts';

export { concat } from '../../src/core/dicom/write/bytes.ts';
export type { DicomElement, DicomValue } from '../../src/core/dicom/write/element.ts';
export { encapsulate } from '../../src/core/dicom/write/pixels.ts';
export { SYNTAX, type SyntaxName } from '../../src/core/dicom/write/syntax.ts';

export type DicomImage = {
  rows: number;
  columns: number;
  /** All frames one after the other. */
  pixels: Pixels;
  frames?: number;
  samples?: number;
  photometric?: string;
  modality?: string;
  patient?: string;
  study?: string;
  series?: string;
  instance?: string;
  instanceNumber?: number;
  syntax?: SyntaxName;
  /** Compressed frames, one fragment each; they take the place of `pixels`. */
  fragments?: readonly Uint8Array[];
  /** Added to the usual elements, or put in their place; `value: ''` with `vr: ''` leaves one out. */
  elements?: readonly DicomElement[];
  /** false: no preamble, magic or meta information. */
  meta?: boolean;
};

export function dicomFile(image: DicomImage): Uint8Array<ArrayBuffer> {
  const meta = image.meta === false ? null : [CLASS];
  return dicomBytes(dataSet(image), image.syntax ?? 'explicit', meta);
}

/** CT Image Storage. */
const CLASS: DicomElement = { tag: 0x00020002, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' };

function dataSet(image: DicomImage): DicomElement[] {
  const { pixels, samples = 1, frames } = image;
  const bits = pixels.BYTES_PER_ELEMENT * 8;
  const signed = pixels instanceof Int8Array || pixels instanceof Int16Array || pixels instanceof Int32Array;
  const floating = pixels instanceof Float32Array || pixels instanceof Float64Array;
  const elements: DicomElement[] = [
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
    { tag: 0x00080018, vr: 'UI', value: image.instance ?? '1.2.3.4' },
    { tag: 0x00080060, vr: 'CS', value: image.modality ?? 'CT' },
    { tag: 0x00100020, vr: 'LO', value: image.patient ?? 'P1' },
    { tag: 0x0020000d, vr: 'UI', value: image.study ?? '1.2.3' },
    { tag: 0x0020000e, vr: 'UI', value: image.series ?? '1.2.3.1' },
    { tag: 0x00200013, vr: 'IS', value: String(image.instanceNumber ?? 1) },
    { tag: 0x00280002, vr: 'US', value: samples },
    { tag: 0x00280004, vr: 'CS', value: image.photometric ?? (samples === 3 ? 'RGB' : 'MONOCHROME2') },
    ...(frames === undefined ? [] : [{ tag: 0x00280008, vr: 'IS', value: String(frames) }]),
    { tag: 0x00280010, vr: 'US', value: image.rows },
    { tag: 0x00280011, vr: 'US', value: image.columns },
    ...(floating
      ? []
      : [
          { tag: 0x00280100, vr: 'US', value: bits },
          { tag: 0x00280101, vr: 'US', value: bits },
          { tag: 0x00280102, vr: 'US', value: bits - 1 },
          { tag: 0x00280103, vr: 'US', value: signed ? 1 : 0 },
        ]),
    image.fragments ? fragmentedPixels(image.fragments) : nativePixels(pixels, image.syntax ?? 'explicit'),
  ];
  const given = new Map((image.elements ?? []).map((element) => [element.tag, element]));
  return [...elements.filter(({ tag }) => !given.has(tag)), ...given.values()]
    .filter(({ vr }) => vr !== '')
    .sort((a, b) => a.tag - b.tag);
}
