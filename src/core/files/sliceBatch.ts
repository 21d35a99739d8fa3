/** Batches of slices from a decode worker: a part of a file's slices; several batches share one message. */
import { join } from '../bytes/inflate.ts';
import { type Columns, emptyColumns, sliceColumns } from '../columns.ts';
import type { DecodedSlice, Heading } from '../formats/types.ts';
import type { Skip } from '../skip.ts';
import { KEY_BYTES, type SeriesFacts, SLICE_BYTES } from '../types.ts';
import type { Opened } from './ask.ts';

/** Columns of a shard that decoding provides. */
export const DECODED_COLUMNS = ['frame', 'instanceNumber', 'key'] as const;

/** Contiguous; `pixels` has count·SLICE_BYTES. */
type Slices = Pick<Columns, (typeof DECODED_COLUMNS)[number]> & {
  count: number;
  pixels: Uint8Array<ArrayBuffer>;
};

type BatchHeader = {
  /** The file's series; null without slices. */
  series: SeriesFacts | null;
  /** DICOM SeriesNumber, from the first slice. */
  seriesNumber?: number | null;
  /** From the first slice; only if it was asked for. */
  heading?: Heading;
  /** What the file said before its pixels, if that was asked; 'short': more of its bytes are needed. */
  opened?: Opened | 'short';
  /** Whether the first slice has colours (image/colourful.ts); only if it was asked for. */
  colourful?: boolean;
  skips: Skip[];
  /** Whether this is the file's last batch. */
  done: boolean;
};

/** Some of a file's slices, in order. */
export type SliceBatch = Slices & BatchHeader;

/** Batches packed into one message: many small arrays transfer slowly. */
export type DecodeReply = Slices & { batches: (BatchHeader & { count: number })[] };

/** A batch before it is packed; `keys` has one per slice. */
export type DecodedBatch = BatchHeader & { decoded: readonly DecodedSlice[]; keys: readonly Uint8Array[] };

export function packReply(batches: readonly DecodedBatch[]): DecodeReply {
  const decoded = batches.flatMap((batch) => batch.decoded);
  const keys = batches.flatMap((batch) => batch.keys);
  const count = decoded.length;
  const columns = emptyColumns(count, DECODED_COLUMNS);
  decoded.forEach(({ frame, instanceNumber }, i) => {
    columns.frame[i] = frame;
    columns.instanceNumber[i] = instanceNumber ?? -1;
    columns.key.set(keys[i], i * KEY_BYTES);
  });
  return {
    ...columns,
    count,
    pixels: join(
      decoded.map(({ slice }) => slice),
      count * SLICE_BYTES,
    ),
    batches: batches.map(({ decoded: { length, 0: first }, keys: _, ...header }) => ({
      seriesNumber: first?.seriesNumber ?? null,
      ...(first?.heading && { heading: first.heading }),
      ...(first?.colourful && { colourful: true }),
      ...header,
      count: length,
    })),
  };
}

/** Views of the reply's arrays. */
export function sliceBatchesOf({ batches, pixels, ...columns }: DecodeReply): SliceBatch[] {
  let to = 0;
  return batches.map((batch) => {
    const from = to;
    to += batch.count;
    return {
      ...batch,
      ...sliceColumns(columns, DECODED_COLUMNS, [from, to]),
      pixels: pixels.subarray(from * SLICE_BYTES, to * SLICE_BYTES),
    };
  });
}

/** The reason why a file gave no slices, or no more. */
export function skippedBatch(skip: Skip): SliceBatch {
  return emptyBatch([skip]);
}

/** The end of a file without slices. */
export function emptyBatch(skips: Skip[]): SliceBatch {
  return sliceBatchesOf(packReply([{ decoded: [], keys: [], series: null, skips, done: true }]))[0];
}
