/** Names of files and folders that every operating system takes. */

/** Bytes in UTF-8: file systems allow 255, and a number may be added. */
const MOST_BYTES = 120;

/** Windows reads these as devices, with any ending ("Naming Files, Paths, and Namespaces", Win32 documentation). */
const DEVICES = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/** Characters that a system refuses, that separate folders, that no screen shows, or that turn the text's direction. */
const REFUSED = /[<>:"/\\|?*\p{Cc}\p{Cs}\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** One name, never a path: "..", "CON" and "a/b" become "_", "_CON" and "a_b". */
export function safeName(name: string): string {
  const clean = name
    .normalize('NFC')
    .replace(REFUSED, '_')
    // Windows drops dots and spaces at the end; a name that begins with a dot is hidden elsewhere.
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const named = clean === '' ? '_' : clean.replace(DEVICES, '_$1');
  const [stem, ending] = splitEnding(named);
  return shortened(stem, MOST_BYTES - bytesOf(ending)) + ending;
}

/** The name, or "name (2).dcm", "name (3).dcm" … until none of `taken` is it, in any case; it is added to `taken`. */
export function numbered(name: string, taken: Set<string>): string {
  const [stem, ending] = splitEnding(name);
  let free = name;
  for (let n = 2; taken.has(folded(free)); n++) free = `${stem} (${n})${ending}`;
  taken.add(folded(free));
  return free;
}

/** A name and its last ending, ".nii.gz" as one; no ending of more than ten characters. */
export function splitEnding(name: string): [stem: string, ending: string] {
  const ending = /(?<=.)\.[a-z0-9]{1,8}(\.gz)?$/i.exec(name)?.[0] ?? '';
  return [name.slice(0, name.length - ending.length), ending];
}

/** File systems of Windows and macOS do not tell cases apart. */
function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function shortened(text: string, most: number): string {
  if (bytesOf(text) <= most) return text;
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > most) break;
    kept += character;
  }
  return kept.trimEnd();
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
