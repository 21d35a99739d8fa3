/** Deflated Image Frame Compression: each frame is its native encoding, deflated (PS3.5 8.2.16, A.4.13). */
import { inflate } from '../bytes/inflate.ts';
import { isSkip } from '../skip.ts';
import { frameSize, nativeFrame } from './encapsulated.ts';
import type { Codec } from './types.ts';

/** Frames are padded to even lengths; tolerate a little more. */
const PADDING_BYTES = 8;

export const deflatedFrame: Codec = {
  meta: { name: 'deflatedFrame', label: 'Deflated frames', syntaxes: ['1.2.840.10008.1.2.8.1'] },

  async decode(bytes, promised) {
    const most = frameSize(promised) + PADDING_BYTES;
    const raw = inflate(bytes, 'raw', most, most);
    if (!isSkip(raw)) return nativeFrame(raw, promised);
    return raw.code === 'too-large' ? { code: 'malformed', detail: 'decoded size' } : raw;
  },
};
