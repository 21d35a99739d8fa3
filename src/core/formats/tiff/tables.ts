/** JPEG streams in TIFF (Technical Note 2): each strip or tile is a stream; their shared tables are separate. */

import { join } from '../../bytes/inflate.ts';
import { type Segment, segments } from '../../codecs/markers.ts';

/** DHT and DQT, the content of a tables stream. */
const SHARED: ReadonlySet<number> = new Set([0xc4, 0xdb]);
const SOI = Uint8Array.of(0xff, 0xd8);

/** The tables of tag 347, to be inserted before a stream's own segments. */
export function readTables(bytes: Uint8Array): Uint8Array {
  return joinAll(
    [...segments(bytes)].filter(({ marker }) => SHARED.has(marker)).map((found) => whole(bytes, found)),
  );
}

/**
 * The strip's stream with these tables, and without application segments: the page defines the colour space
 * of its components, as in libtiff, not markers of JFIF or Adobe.
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

/** A segment with its marker and length. */
function whole(bytes: Uint8Array, { start, end }: Segment): Uint8Array {
  return bytes.subarray(start - 4, end);
}

function joinAll(parts: readonly Uint8Array[]): Uint8Array {
  return join(
    parts,
    parts.reduce((sum, { length }) => sum + length, 0),
  );
}
