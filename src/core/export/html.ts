/** Parts of printable pages: escaped text, numbers and tables. */

/** Text of anybody in a page. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** In a data block of a page: nothing in it can end the block. */
export function jsonBlock(id: string, value: unknown): string {
  return `<script type="application/json" id="${id}">\n${JSON.stringify(value, null, 1).replaceAll('<', '\\u003c')}\n</script>`;
}

export function whole(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toLocaleString('en-US');
}

/** A share with one decimal; never 0.0 or 100.0 of what is not exactly that. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return '–';
  const rounded = (100 * share).toFixed(1);
  if (share > 0 && rounded === '0.0') return '<0.1 %';
  if (share < 1 && rounded === '100.0') return '>99.9 %';
  return `${rounded} %`;
}

export function decimal(value: number | null | undefined, digits = 3): string {
  return value === null || value === undefined ? '–' : value.toFixed(digits);
}

export function seconds(value: number | null): string {
  if (value === null) return '–';
  if (value < 60) return `${value.toFixed(value < 10 ? 1 : 0)} s`;
  const minutes = Math.round(value / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** “1 series”, “2 series”, “1 slice”, “2 slices”. */
export function counted(n: number, word: string, words = `${word}s`): string {
  return `${whole(n)} ${n === 1 ? word : words}`;
}

/** “a, b and c”. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const MOST_TOGETHER = 14;

/** A name of any length can be broken after so many letters. */
const LONGEST_WORD = 26;

function breakable(words: string): string {
  const parts = words.match(new RegExp(`\\S{${LONGEST_WORD}}|[\\s\\S]`, 'gu')) ?? [];
  return parts.map((part) => (part.length > 1 ? `${escaped(part)}<wbr>` : escaped(part))).join('');
}

export type Column = { head: string; numeric?: boolean /** Never broken. */; tight?: boolean };
/** Text is escaped; what is markup already says so. */
export type CellText = string | { html: string };

/** @param caption markup */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly CellText[])[],
  className = '',
): string {
  const name = (i: number) =>
    columns[i]?.numeric ? ' class="n"' : columns[i]?.tight ? ' class="tight"' : '';
  const head = columns.map(({ head }, i) => `<th scope="col"${name(i)}>${escaped(head)}</th>`).join('');
  const body = rows.map((row) => {
    const cells = row.map((cell, i) => {
      const html = typeof cell === 'string' ? breakable(cell) : cell.html;
      return i === 0 ? `<th scope="row"${name(i)}>${html}</th>` : `<td${name(i)}>${html}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  // A short table stays on one page; a long one repeats its head.
  const classes = [className, rows.length <= MOST_TOGETHER ? 'whole' : ''].filter(Boolean).join(' ');
  return `<div class="scroll"><table${classes ? ` class="${classes}"` : ''}><caption>${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></div>`;
}

export function definitions(entries: readonly (readonly [string, string])[]): string {
  return `<dl>${entries.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
}

/** A figure with its number, what it shows, and the words for who cannot see it. */
export function figure(caption: string, svg: string): string {
  return `<figure>${svg}<figcaption>${caption}</figcaption></figure>`;
}
