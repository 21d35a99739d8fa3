/** Reads tables of other programs (RFC 4180 and its usual variants): commas, semicolons or tabs, with or without BOM. */

const SEPARATORS: readonly string[] = [',', ';', '\t'];

/** Lines of a table with their numbers in the file, from 1; empty lines are left out. */
export type CsvLine = { line: number; cells: string[] };

/**
 * The separator is the one that occurs most often, outside quotes, in the first line. Line ends are CRLF, LF or CR. A quote
 * inside an unquoted cell is a character like any other.
 */
export function readCsv(content: string): CsvLine[] {
  const text = content.startsWith('\ufeff') ? content.slice(1) : content;
  const separator = separatorOf(text);
  const lines: CsvLine[] = [];
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const cells: string[] = [];
    const first = line;
    for (;;) {
      const cell = text[at] === '"' ? quoted(text, at, separator) : bare(text, at, separator);
      cells.push(cell.value);
      line += cell.breaks;
      at = cell.end;
      if (text[at] !== separator) break;
      at++;
    }
    if (cells.length > 1 || cells[0] !== '') lines.push({ line: first, cells });
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    line++;
  }
  return lines;
}

/** A cell as `csv` wrote it, without the apostrophes that keep spreadsheets from evaluating it. */
export function unguarded(cell: string): string {
  return cell.replace(/(?<=(?:^|[;\t\r\n])"*)'(?=[=+\-@\t\r])/g, '');
}

type Found = { value: string; end: number; breaks: number };

function bare(text: string, from: number, separator: string): Found {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++;
  return { value: text.slice(from, end), end, breaks: 0 };
}

/** What follows the closing quote up to the separator belongs to the cell; an unclosed quote ends with the file. */
function quoted(text: string, from: number, separator: string): Found {
  let value = '';
  let at = from + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) {
      value += text.slice(at);
      at = text.length;
      break;
    }
    value += text.slice(at, close);
    at = close + 1;
    if (text[at] !== '"') break;
    value += '"';
    at++;
  }
  const breaks = value.match(/\r\n|\n|\r/g)?.length ?? 0;
  const rest = bare(text, at, separator);
  return { value: value + rest.value, end: rest.end, breaks };
}

function separatorOf(text: string): string {
  const outside: string[] = [];
  let inQuotes = false;
  for (let at = 0; at < text.length && (inQuotes || (text[at] !== '\n' && text[at] !== '\r')); at++) {
    if (text[at] === '"') inQuotes = !inQuotes;
    else if (!inQuotes) outside.push(text[at]);
  }
  const uses = (separator: string) => outside.filter((one) => one === separator).length;
  return SEPARATORS.reduce((best, one) => (uses(one) > uses(best) ? one : best));
}
