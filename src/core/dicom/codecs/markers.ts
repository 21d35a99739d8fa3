/** Marker segments of JPEG and JPEG-LS streams (ITU-T T.81 Annex B, T.87 Annex C). */

export type Segment = { marker: number; start: number; end: number };

export type FrameHeader = {
  /** 0xC0 baseline, 0xC1 extended, 0xC2 progressive, 0xC3 lossless, 0xF7 JPEG-LS. */
  marker: number;
  precision: number;
  rows: number;
  columns: number;
  samples: number;
};

export const SOS = 0xda;

/**
 * The segments between SOI and the first scan, or with `scans` all of them, where a scan's segment is its
 * header. Ends early where the bytes make no sense.
 */
export function* segments(bytes: Uint8Array, scans = false): Generator<Segment> {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return;
    const marker = bytes[at + 1];
    // 0xFF may be repeated before a marker.
    if (marker === 0xff) {
      at++;
      continue;
    }
    const end = at + 2 + ((bytes[at + 2] << 8) | bytes[at + 3]);
    if ((marker === SOS && !scans) || end < at + 4 || end > bytes.length) return;
    yield { marker, start: at + 4, end };
    at = marker === SOS ? scanEnd(bytes, end) : end;
  }
}

/** Where the coded data of a scan ends: at the first marker that is no restart. */
export function scanEnd(bytes: Uint8Array, start: number): number {
  for (let at = start; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1];
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** SOF0–SOF15 without DHT, JPG and DAC; SOF55 of JPEG-LS. */
export function isFrameMarker(marker: number): boolean {
  const jpeg = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
  return jpeg || marker === 0xf7;
}

export function frameHeader(bytes: Uint8Array): FrameHeader | null {
  for (const { marker, start, end } of segments(bytes)) {
    if (!isFrameMarker(marker) || end < start + 6) continue;
    return {
      marker,
      precision: bytes[start],
      rows: (bytes[start + 1] << 8) | bytes[start + 2],
      columns: (bytes[start + 3] << 8) | bytes[start + 4],
      samples: bytes[start + 5],
    };
  }
  return null;
}
