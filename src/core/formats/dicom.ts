/**
 * DICOM files, native or compressed, one frame or many. Only the elements in dicom/tags.ts are read; the
 * identifiers among them are returned in `identity`, the allow-listed facts in `facts`; all else stays unread.
 */

import { type DataSet, type Dicom, fact, text } from '../dicom/dataSet.ts';
import { seriesDescription } from '../dicom/description.ts';
import { type ImageHeader, readHeader } from '../dicom/header.ts';
import { type Kind, kindReader } from '../dicom/kind.ts';
import { modality } from '../dicom/modality.ts';
import { modalityCode } from '../dicom/modalityCode.ts';
import { isDicom, parse } from '../dicom/parse.ts';
import { oneChannel, sampleReader } from '../dicom/pixels.ts';
import { positionOf } from '../dicom/position.ts';
import { kindOfModality, kindWithoutImage } from '../dicom/series.ts';
import { storageClass } from '../dicom/storageClass.ts';
import { TAGS } from '../dicom/tags.ts';
import { windowReader } from '../dicom/voi.ts';
import { isColourful } from '../image/colourful.ts';
import { shareOf } from '../image/size.ts';
import { isSkip, type Skip } from '../skip.ts';
import { frameStream } from './frames.ts';
import { FORMAT_META } from './meta.ts';
import type { Beginning, DecodeContext, Decoded, FileFacts, Format, Heading, Identity } from './types.ts';

/** Maximum lengths of the facts' VRs: code strings and long strings (PS3.5 6.2). */
const CODE = 16;
const LONG = 64;

export const dicom: Format = {
  meta: FORMAT_META.dicom,

  sniff: isDicom,

  async decode(bytes, context) {
    const file = parse(bytes);
    if (isSkip(file)) return file;
    const kind = kindWithoutImage(sopClassOf(file));
    if (kind) return { code: 'dicom-no-pixels', detail: kind };
    const image = openImage(file, context);
    if (!isSkip(image) || image.code !== 'dicom-no-pixels') return image;
    const named = kindOfModality(text(file.body, TAGS.modality));
    return named ? { ...image, detail: named } : image;
  },
};

/** Any object with pixels, regardless of its SOP class. */
export function openImage(file: Dicom, context: DecodeContext): Decoded | Skip {
  const header = readHeader(file);
  if (isSkip(header)) return header;
  const read = sampleReader(file, header, context.heading ? 'all' : 'one');
  if (isSkip(read)) return read;
  const { rows, columns, seriesNumber, instanceNumber } = header;
  const { count, left } = shareOf(header.frames);
  const kindOf = kindReader(file);
  const paddingCounts = context.padding === 'include';
  return {
    identity: readIdentity(file),
    facts: readFacts(file, header, kindOf(0)),
    kindOf,
    frameCount: count,
    left,
    seriesNumber,
    ...(context.heading && { heading: readHeading(file) }),
    windows: windowReader(file.body, header),
    frames: (from) =>
      frameStream(
        count,
        context,
        async (index) => {
          const samples = await read(index);
          if (isSkip(samples)) return samples;
          const values = modality(oneChannel(samples, header), header, index, paddingCounts);
          const frame = { index, rows, columns, instanceNumber, ...values };
          if (!context.heading || !samples.rgb || samples.samples < 3) return frame;
          return { ...frame, colourful: isColourful(samples.values, rows * columns, samples) };
        },
        from,
      ),
  };
}

/** What the beginning of a file says before its pixels; null: these bytes don't tell, the whole file must. */
export function readBeginning(bytes: Uint8Array, size: number, context: DecodeContext): Beginning | null {
  if (!isDicom(bytes)) return null;
  const file = parse(bytes, size);
  if (isSkip(file) || kindWithoutImage(sopClassOf(file))) return null;
  const header = readHeader(file);
  if (isSkip(header)) return null;
  const { count, left } = shareOf(header.frames);
  return {
    identity: readIdentity(file),
    facts: readFacts(file, header, kindReader(file)(0)),
    frames: count,
    left,
    seriesNumber: header.seriesNumber,
    instanceNumber: header.instanceNumber,
    position: positionOf(file.body),
    ...(context.heading && { heading: readHeading(file) }),
  };
}

function sopClassOf({ meta, body }: Dicom): string {
  return text(body, TAGS.sopClass) || text(meta, TAGS.mediaStorageSopClass);
}

function readHeading(file: Dicom): Heading {
  const sopClass = sopClassOf(file);
  return {
    description: seriesDescription(file.body),
    objectClass: storageClass(sopClass) ? sopClass : null,
  };
}

function readIdentity({ body }: Dicom): Identity {
  return {
    patient: text(body, TAGS.patient),
    study: text(body, TAGS.study),
    series: text(body, TAGS.series),
    instance: text(body, TAGS.instance),
  };
}

function readFacts(file: Dicom, header: ImageHeader, kind: Kind): FileFacts {
  const { body, syntaxUid } = file;
  return {
    format: 'dicom',
    modalityTag: modalityCode(text(body, TAGS.modality)),
    bodyPart: fact(body, TAGS.bodyPart, CODE),
    laterality: firstFact(body, [TAGS.imageLaterality, TAGS.laterality]),
    view: fact(body, TAGS.view, CODE),
    manufacturer: fact(body, TAGS.manufacturer, LONG),
    model: fact(body, TAGS.model, LONG),
    transferSyntax: syntaxUid,
    photometric: header.photometric,
    rows: header.rows,
    columns: header.columns,
    bits: header.bitsStored,
    signed: header.signed,
    ...kind,
    deviations: body.deviations,
  };
}

function firstFact(body: DataSet, tags: readonly number[]): string | null {
  return tags.map((tag) => fact(body, tag, CODE)).find((value) => value !== null) ?? null;
}
