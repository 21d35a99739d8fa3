/** Marker segments of JPEG and JPEG-LS streams (ITU-T T.81 Annex B, T.87 Annex C). */
import type { Deviation } from '../deviations.ts';

/** `stray`: bytes before it that belong to no segment. */
export type Segment = { marker: number; start: number; end: number; stray: number };

export type FrameHeader = {
  /** 0xC0 baseline, 0xC1 extended, 0xC2 progressive, 0xC3 lossless, 0xF7 JPEG-LS. */
  marker: number;
  precision: number;
  rows: number;
  columns: number;
  samples: number;
  /** Whether bytes outside any segment precede the first scan. */
  stray: boolean;
};

export const SOS = 0xda;

/** Markers without a length: TEM, RSTn, and EOI after the last scan (T.81 B.1.1.3). */
const TEM = 0x01;
const EOI = 0xd9;

/**
 * The segments between SOI and the first scan, or all of them with `scans`; a scan's segment is its header. Skips
 * bytes outside segments, as libjpeg does. Ends early if the bytes are not valid.
 */
export function* segments(bytes: Uint8Array, scans = false): Generator<Segment> {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return;
  let stray = 0;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = bytes[at + 1];
    // 0xFF may be repeated before a marker.
    if (bytes[at] !== 0xff || marker === 0xff) {
      if (bytes[at] !== 0xff) stray++;
      at++;
      continue;
    }
    if (marker === EOI) return;
    if (marker === 0 || marker === TEM || isRestart(marker)) {
      if (marker === 0) stray += 2;
      at += 2;
      continue;
    }
    const end = at + 2 + ((bytes[at + 2] << 8) | bytes[at + 3]);
    if ((marker === SOS && !scans) || end < at + 4 || end > bytes.length) return;
    yield { marker, start: at + 4, end, stray };
    stray = 0;
    at = marker === SOS ? scanEnd(bytes, end) : end;
  }
}

/** End of a scan's coded data: the first marker other than a restart. */
export function scanEnd(bytes: Uint8Array, start: number): number {
  for (
    let at = bytes.indexOf(0xff, start);
    at >= 0 && at + 1 < bytes.length;
    at = bytes.indexOf(0xff, at + 1)
  ) {
    const next = bytes[at + 1];
    if (next !== 0 && next !== 0xff && !isRestart(next)) return at;
  }
  return bytes.length;
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

/** SOF0–SOF15 without DHT, JPG and DAC; SOF55 of JPEG-LS. */
export function isFrameMarker(marker: number): boolean {
  const jpeg = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
  return jpeg || marker === 0xf7;
}

export function frameHeader(bytes: Uint8Array): FrameHeader | null {
  let header: FrameHeader | null = null;
  let stray = false;
  for (const { marker, start, end, stray: before } of segments(bytes, true)) {
    stray ||= before > 0;
    if (marker === SOS) break;
    if (header || !isFrameMarker(marker) || end < start + 6) continue;
    header = {
      marker,
      precision: bytes[start],
      rows: (bytes[start + 1] << 8) | bytes[start + 2],
      columns: (bytes[start + 3] << 8) | bytes[start + 4],
      samples: bytes[start + 5],
      stray,
    };
  }
  return header && { ...header, stray };
}

export function deviationOf({ stray }: FrameHeader): Deviation | undefined {
  return stray ? 'stray-bytes' : undefined;
}
