/** Numbers as people type them, with a decimal point or comma; and the error of unusable input. */

export type Range = { min: number; max: number; whole: boolean };

/** The number, or a sentence with the error. */
export function readNumber(text: string, { min, max, whole }: Range): number | string {
  const typed = text.trim();
  // Short, for it stands below fields as narrow as three digits.
  const range = `${plain(min)} to ${plain(max)}`;
  if (typed === '') return `Missing: ${range}.`;
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(typed)) return `Not a number: ${range}.`;
  const number = Number(typed.replace(',', '.'));
  // In integers a point or comma may be a thousands separator.
  if (whole && (/[.,]/.test(typed) || !Number.isInteger(number))) return `Whole numbers only: ${range}.`;
  if (number < min) return `Too small: ${range}.`;
  if (number > max) return `Too large: ${range}.`;
  return number;
}

/** "0.000001" rather than "1e-6". */
function plain(n: number): string {
  return n.toLocaleString('en-US', { maximumFractionDigits: 9, useGrouping: false });
}
