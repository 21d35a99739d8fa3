/** Keys of slices as texts that can be looked up: made once for each column, since every event asks for them. */
import { KEY_BYTES } from '../types.ts';

const made = new WeakMap<Uint8Array, readonly string[]>();

/** @param keys KEY_BYTES each; never changed in place */
export function keyTexts(keys: Uint8Array): readonly string[] {
  const known = made.get(keys);
  if (known) return known;
  const texts = Array.from({ length: keys.length / KEY_BYTES }, (_, i) =>
    String.fromCharCode(...keys.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES)),
  );
  made.set(keys, texts);
  return texts;
}
