/** Tables as CSV (RFC 4180) that no spreadsheet takes for formulas. */

export type Cell = string | number | boolean | null;

/** Rows end in CRLF; null is an empty cell. */
export function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: Cell): string {
  if (value === null) return '';
  // A negative number begins with "-" and is none of a formula's business.
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
