/** A search by words: what has every one of them is found, in any order and case. */

/** @returns whether these texts together have all words; null: nothing is searched */
export function searchOf(text: string): ((texts: readonly string[]) => boolean) | null {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  return (texts) => {
    const all = plain(texts.join('\n'));
    return words.every((word) => all.includes(word));
  };
}

/** A letter with an accent may be one character or two. */
function plain(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
