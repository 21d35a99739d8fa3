/** PackBits (TIFF 6.0 section 9): runs of one byte, and bytes as they are. */
import type { Skip } from '../../skip.ts';

/** The first `size` unpacked bytes. */
export function unpackPackBits(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> | Skip {
  const out = new Uint8Array(size);
  for (let at = 0, to = 0; to < size; ) {
    if (at + 1 >= bytes.length) return { code: 'truncated', detail: 'PackBits data' };
    const control = bytes[at++];
    if (control > 128) {
      out.fill(bytes[at++], to, to + 257 - control);
      to += 257 - control;
    } else if (control < 128) {
      const literal = bytes.subarray(at, at + Math.min(control + 1, size - to));
      out.set(literal, to);
      at += control + 1;
      to += control + 1;
      if (at > bytes.length) return { code: 'truncated', detail: 'PackBits data' };
    }
  }
  return out;
}
