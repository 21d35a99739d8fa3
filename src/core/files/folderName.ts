/** A folder's name, tidied for the screen. */

export const LOOSE_FILES = 'Dropped files';
const MAX_NAME = 80;
/** Characters kept at the end of a long name: names of a collection differ there. */
const KEPT_END = 30;

/** One line of at most 80 characters, shortened in the middle; '' if empty. Not unique, so not an identity. */
export function tidyName(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const letters = [...line];
  if (letters.length <= MAX_NAME) return line;
  const start = letters.slice(0, MAX_NAME - KEPT_END - 1).join('');
  return `${start}…${letters.slice(-KEPT_END).join('')}`;
}
