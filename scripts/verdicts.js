/** report.csv of `npm run demo`, with its established columns, from the Classify page's JSON. */
import { basename } from 'node:path';

const COLUMNS = ['series', 'slices', 'modality', 'probability', 'agreement', 'tag', 'differs', 'place'];

/**
 * @param {string} json the page's export, with file names; '' if it found no series
 * @param {string} folder the classified folder; every place begins with it
 */
export function verdictTable(json, folder) {
  /** @type {any[]} */
  const series = json === '' ? [] : JSON.parse(json).series;
  const rows = series.map((one, i) => [
    i + 1,
    one.slices,
    one.verdict,
    one.probability,
    // This column has always counted the slice of a one-slice series as agreeing.
    one.agreement ?? 1,
    one.tagLabel,
    one.tagState === 'differs' || one.tagState === 'none-of-the-four',
    one.path === '.' ? basename(folder) : `${basename(folder)}/${one.path}`,
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** RFC 4180; a prefix stops spreadsheets from reading text as a formula. @param {unknown} value */
function cell(value) {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
