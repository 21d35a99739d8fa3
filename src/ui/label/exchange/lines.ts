/** Numbers of lines of a file in words. */
import { plural } from '../../format.ts';

const MOST = 5;

/** "line 4", "lines 2, 5 and 9", "lines 2, 5, 9, 12, 13 and 40 more". */
export function lineWords(lines: readonly number[]): string {
  const shown = lines.slice(0, MOST);
  const rest = lines.length - shown.length;
  const last = rest > 0 ? plural(rest, 'more', 'more') : String(shown.pop());
  const words = shown.length > 0 ? `${shown.join(', ')} and ${last}` : last;
  return `${lines.length === 1 ? 'line' : 'lines'} ${words}`;
}
