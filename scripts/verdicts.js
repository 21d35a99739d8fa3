/** report.csv of `npm run demo`, in the columns it always had, from the Classify page's JSON. */
import { basename } from 'node:path';

const COLUMNS = ['series', 'slices', 'modality', 'probability', 'agreement', 'tag', 'differs', 'place'];

/**
 * @param {string} json what the page exported, with file names; '' where it found no series
 * @param {string} folder the classified folder, which every place begins with
 */
export function verdictTable(json, folder) {
  /** @type {any[]} */
  const series = json === '' ? [] : JSON.parse(json).series;
  const rows = series.map((one, i) => [
    i + 1,
    one.slices,
    one.verdict,
    one.probability,
    // The slices of a series of one were always counted as agreeing.
    one.agreement ?? 1,
    one.tagLabel,
    one.tagState === 'differs' || one.tagState === 'none-of-the-four',
    one.path === '.' ? basename(folder) : `${basename(folder)}/${one.path}`,
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** RFC 4180; text that a spreadsheet would take for a formula is kept from it. @param {unknown} value */
function cell(value) {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
