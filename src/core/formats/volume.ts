/** Volumes: consecutive slices of numbers of one type, in the header's file or in a second one. */
import { bitsOf, isSigned, type NumberKind, readNumbers } from '../bytes/numbers.ts';
import type { Deviation } from '../deviations.ts';
import type { Frame } from '../image/frame.ts';
import { luminance, magnitude } from '../image/luminance.ts';
import { shareOf } from '../image/size.ts';
import type { Skip } from '../skip.ts';
import type { FormatName } from '../types.ts';
import { frameStream, NO_IDENTITY, plainFacts } from './frames.ts';
import { streamFrames } from './streamed.ts';
import type { DecodeContext, Decoded, PixelReader, PixelSource } from './types.ts';

/** The size, within the limits. */
export type Volume = {
  format: FormatName;
  columns: number;
  rows: number;
  frames: number;
  kind: NumberKind;
  /** Numbers per pixel: 2 are complex, 3 RGB, 4 RGBA. */
  samples: number;
  /** Distances between the numbers of a slice, in numbers; only if slices are not contiguous. */
  steps?: { sample: number; right: number; down: number; frameAt(index: number): number };
  littleEndian: boolean;
  /** Where the pixels begin in the file that holds them. */
  start: number;
  slope: number;
  intercept: number;
  deviations: readonly Deviation[];
};

/** A volume whose pixels are still to be read. */
export function readerOf(volume: Volume): PixelReader {
  return {
    bytes: volumeBytes(volume),
    open: (source, context) => openVolume(volume, source, context),
  };
}

/** Bytes of a volume including everything before it. */
export function volumeBytes(volume: Volume): number {
  return volume.start + volume.frames * frameBytesOf(volume);
}

function frameBytesOf({ rows, columns, samples, kind }: Volume): number {
  return (rows * columns * samples * bitsOf(kind)) / 8;
}

/** Slices of a volume: the present ones, up to the limit; for a stream their number shows during reading. */
export function openVolume(volume: Volume, source: PixelSource, context: DecodeContext): Decoded | Skip {
  const { format, rows, columns, frames, kind, samples, steps, littleEndian, start, slope, intercept } =
    volume;
  const frameBytes = frameBytesOf(volume);
  const isWhole = 'bytes' in source;
  const room = isWhole ? (source.bytes.length - start) / frameBytes : frames;
  if (steps && !isWhole) return { code: 'too-large', detail: 'inflated size' };
  // With scattered numbers no slice is complete before the last byte.
  const { count, left } = shareOf(frames, steps && room < frames ? 0 : room);
  if (count === 0) return { code: 'truncated' };

  const frameOf = (index: number, bytes: Uint8Array, at: number): Frame => {
    const stored = readNumbers(bytes, at, rows * columns * samples, kind, littleEndian);
    const frame = { index, rows, columns, instanceNumber: null };
    if (samples === 1) return { ...frame, values: stored, slope, intercept };
    // nifti1.h: scl_slope scales both parts of a complex number, and no RGB.
    const values =
      samples === 2
        ? magnitude(stored, slope, intercept)
        : luminance(stored, rows * columns, { samples, planar: false });
    return { ...frame, values, slope: 1, intercept: 0 };
  };
  const facts = plainFacts(format, { rows, columns, bits: bitsOf(kind), signed: isSigned(kind) });
  const cut: Deviation[] = left?.code === 'truncated' ? ['cut-pixels'] : [];
  return {
    identity: NO_IDENTITY,
    facts: { ...facts, deviations: [...volume.deviations, ...cut] },
    frameCount: count,
    left,
    streamed: !isWhole,
    frames: (from = 0) => {
      if (!isWhole) return streamFrames(source.gzip, { start, frameBytes, count, from }, frameOf, context);
      return frameStream(
        count,
        context,
        (index) =>
          steps
            ? frameOf(index, gathered(volume, source.bytes, index), 0)
            : frameOf(index, source.bytes, start + index * frameBytes),
        from,
      );
    },
  };
}

/** The bytes of a slice with scattered numbers, in contiguous order. */
function gathered(volume: Volume, bytes: Uint8Array, index: number): Uint8Array {
  const { rows, columns, samples, kind, start, steps } = volume;
  const out = new Uint8Array(frameBytesOf(volume));
  if (!steps) return out;
  const width = bitsOf(kind) / 8;
  const first = steps.frameAt(index);
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      for (let sample = 0; sample < samples; sample++) {
        const number = first + y * steps.down + x * steps.right + sample * steps.sample;
        const from = start + number * width;
        for (let byte = 0; byte < width; byte++) out[to++] = bytes[from + byte];
      }
    }
  }
  return out;
}
