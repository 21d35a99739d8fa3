/** Tables as CSV (RFC 4180) whose cells no spreadsheet evaluates as formulas. */

export type Cell = string | number | boolean | null;

/**
 * Positions where a program may start a formula: the text's beginning, and after any character that it may treat as a
 * separator, since a program that splits by another separator ignores the quotes.
 */
const FORMULA = /(?<=(?:^|[;\t\r\n])"*)(?=[=+\-@\t\r])/g;

/** Rows end in CRLF; null is an empty cell. */
export function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: Cell): string {
  if (value === null) return '';
  // A negative number begins with "-" but is not a formula.
  if (typeof value !== 'string') return String(value);
  const safe = value.replace(FORMULA, "'");
  return /[",;|\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
