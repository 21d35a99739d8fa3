/** Names inside zip archives: their encoding, and their safe path. */

/** The upper half of code page 437, the encoding of names unless marked or valid as UTF-8 [APPNOTE appendix D]. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** Folders and file joined by "/"; nothing in it leads out of the archive. */
export function entryPath(name: Uint8Array, isUtf8: boolean): { path: string; isFolder: boolean } {
  const text = decode(name, isUtf8).replaceAll('\\', '/');
  const parts = text.split('/').filter((part, i) => {
    const isDrive = i === 0 && /^[A-Za-z]:$/.test(part);
    return part !== '' && part !== '.' && part !== '..' && !isDrive;
  });
  return { path: parts.join('/'), isFolder: text.endsWith('/') };
}

function decode(name: Uint8Array, isUtf8: boolean): string {
  if (isUtf8) return new TextDecoder('utf-8').decode(name);
  try {
    // Many programs write UTF-8 without saying so.
    return new TextDecoder('utf-8', { fatal: true }).decode(name);
  } catch {
    return Array.from(name, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128])).join('');
  }
}
