/** JPEG streams in TIFF (Technical Note 2): each strip or tile is one, with the tables that all of them share apart. */

import { join } from '../../bytes/inflate.ts';
import { type Segment, segments } from '../../codecs/markers.ts';

/** DHT and DQT: what a stream of tables is for. */
const SHARED: ReadonlySet<number> = new Set([0xc4, 0xdb]);
const SOI = Uint8Array.of(0xff, 0xd8);

/** The tables of tag 347 as they stand before a stream's own segments. */
export function readTables(bytes: Uint8Array): Uint8Array {
  return joinAll(
    [...segments(bytes)].filter(({ marker }) => SHARED.has(marker)).map((found) => whole(bytes, found)),
  );
}

/**
 * The strip's stream with those tables, and without application segments: what its components mean is told by the
 * page, as libtiff has it, and not by markers of JFIF or Adobe.
 */
export function wholeStream(strip: Uint8Array, tables: Uint8Array): Uint8Array {
  const parts = [SOI, tables];
  let end = 2;
  for (const segment of segments(strip)) {
    if (segment.marker < 0xe0 || segment.marker > 0xef) parts.push(whole(strip, segment));
    end = segment.end;
  }
  return joinAll([...parts, strip.subarray(end)]);
}

/** With its marker and length. */
function whole(bytes: Uint8Array, { start, end }: Segment): Uint8Array {
  return bytes.subarray(start - 4, end);
}

function joinAll(parts: readonly Uint8Array[]): Uint8Array {
  return join(
    parts,
    parts.reduce((sum, { length }) => sum + length, 0),
  );
}
