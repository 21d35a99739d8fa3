/** The registry of the information objects that are written, and the frames of a series as files. */
import { pixelElement } from '../../dicom/write/compress.ts';
import { dicomBytes } from '../../dicom/write/file.ts';
import type { SyntaxName } from '../../dicom/write/syntax.ts';
import type { Attributes } from './attributes.ts';
import { elementsOf } from './attributes.ts';
import type { Context } from './context.ts';
import { ctImage } from './ct.ts';
import { equipmentModule, imageModules, patientModule, studyModules } from './modules.ts';
import { mrImage } from './mr.ts';
import { ptImage } from './pt.ts';
import { crImage, dxImage, mgImage } from './xr.ts';

type ImageObject = {
  /** Modality (0008,0060) and SOP class (PS3.4 B.5). */
  modality: string;
  sopClass: string;
  attributes(context: Context, index: number): Attributes;
};

const ROOT = '1.2.840.10008.5.1.4.1.1.';

export const OBJECTS = {
  CT: { modality: 'CT', sopClass: `${ROOT}2`, attributes: ctImage },
  MR: { modality: 'MR', sopClass: `${ROOT}4`, attributes: mrImage },
  PT: { modality: 'PT', sopClass: `${ROOT}128`, attributes: ptImage },
  CR: { modality: 'CR', sopClass: `${ROOT}1`, attributes: crImage },
  DX: { modality: 'DX', sopClass: `${ROOT}1.1`, attributes: dxImage },
  MG: { modality: 'MG', sopClass: `${ROOT}1.2`, attributes: mgImage },
} as const satisfies Record<string, ImageObject>;
export type ObjectName = keyof typeof OBJECTS;

/** Implementation Class UID of this writer: a constant below 2.25. */
const IMPLEMENTATION = '2.25.207418330116924719862903718263847109473';

/** One file for the frame at `index`. */
export async function dicomImage(
  name: ObjectName,
  context: Context,
  index: number,
  syntax: Exclude<SyntaxName, 'jpeg'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { modality, sopClass, attributes }: ImageObject = OBJECTS[name];
  const { stored, series, scanner } = context;
  const all: Attributes = {
    ...patientModule(context),
    ...studyModules(context, modality),
    ...equipmentModule(context),
    ...imageModules(context, index, sopClass),
    ...attributes(context, index),
  };
  const { rows, columns } = series;
  const layout = { rows, columns, precision: stored.bitsStored, signed: stored.signed };
  const pixels = await pixelElement(stored.slices[index].values, layout, syntax);
  const elements = [...elementsOf(all, scanner.characterSet, stored.signed), pixels];
  return dicomBytes(elements, syntax, [
    { tag: 0x00020001, vr: 'OB', value: Uint8Array.of(0, 1) },
    { tag: 0x00020002, vr: 'UI', value: sopClass },
    { tag: 0x00020003, vr: 'UI', value: String(all.SOPInstanceUID) },
    { tag: 0x00020012, vr: 'UI', value: IMPLEMENTATION },
    { tag: 0x00020013, vr: 'SH', value: 'PRACTICE' },
  ]);
}
