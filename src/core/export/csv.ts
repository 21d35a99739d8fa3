/** Tables as CSV (RFC 4180) that no spreadsheet takes for formulas. */

export type Cell = string | number | boolean | null;

/**
 * Where a program may begin a cell and take it for a formula: at the text's beginning, and behind whatever else it may
 * take for a separator, since quotes don't hold for a program that splits by another one.
 */
const FORMULA = /(?<=(?:^|[;\t\r\n])"*)(?=[=+\-@\t\r])/g;

/** Rows end in CRLF; null is an empty cell. */
export function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: Cell): string {
  if (value === null) return '';
  // A negative number begins with "-" and is none of a formula's business.
  if (typeof value !== 'string') return String(value);
  const safe = value.replace(FORMULA, "'");
  return /[",;|\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
