/** The DCT decoder, a separate chunk loaded when the first stream needs it. */
import type { Skip } from '../../skip.ts';
import type { FrameHeader } from '../markers.ts';
import type { DctImage, DctOptions } from './decode.ts';

const PROGRESSIVE = 0xc2;

let loaded: typeof import('./decode.ts') | null = null;

export async function decodeDct(bytes: Uint8Array, options: DctOptions): Promise<DctImage | Skip> {
  try {
    loaded ??= await import('./decode.ts');
  } catch {
    return { code: 'transfer-syntax', detail: 'its decoder could not be loaded' };
  }
  return loaded.decodeDct(bytes, options);
}

/** A Skip for a lossless, hierarchical or arithmetic-coded stream; null if this decoder can read it. */
export function otherProcess({ marker, precision }: FrameHeader): Skip | null {
  const known = marker <= PROGRESSIVE && (precision === 8 || precision === 12);
  return known ? null : { code: 'transfer-syntax', detail: 'JPEG process' };
}
