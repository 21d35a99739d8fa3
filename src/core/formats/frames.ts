/** Shared by formats: the stream of frames, and the facts of files without patient data. */
import type { Frame } from '../image/frame.ts';
import { isSkip, type Skip } from '../skip.ts';
import type { FormatName } from '../types.ts';
import type { DecodeContext, FileFacts, Identity } from './types.ts';

export const NO_IDENTITY: Identity = { patient: '', study: '', series: '', instance: '' };

/** Frames decoded one by one on demand. A frame that throws is a Skip; the others continue. */
export async function* frameStream(
  count: number,
  { signal }: DecodeContext,
  decode: (index: number) => Frame | Skip | Promise<Frame | Skip>,
  from = 0,
): AsyncGenerator<Frame | Skip> {
  for (let index = from; index < count; index++) {
    signal?.throwIfAborted();
    try {
      const frame = await decode(index);
      yield isSkip(frame) ? { ...frame, frame: index } : frame;
    } catch {
      yield { code: 'malformed', frame: index };
    }
  }
}

export function plainFacts(
  format: FormatName,
  image: { rows: number; columns: number; bits: number; signed: boolean; photometric?: string },
): FileFacts {
  return {
    format,
    modalityTag: null,
    bodyPart: null,
    laterality: null,
    view: null,
    manufacturer: null,
    model: null,
    transferSyntax: null,
    photometric: null,
    imageType: null,
    burnedInRisk: null,
    deviations: [],
    ...image,
  };
}
