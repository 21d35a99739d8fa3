/** Cohen's kappa (Cohen 1960): the agreement of two readers beyond that of chance, with its 95 % interval. */

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;

export type Kappa = {
  /** −1 to 1. null where chance alone already agrees wholly: both readers used one class only. */
  value: number | null;
  /** Asymptotic standard error (Fleiss, Cohen & Everitt 1969, equation 13), and the interval from it within −1 to 1. */
  error: number | null;
  low: number | null;
  high: number | null;
};

const UNDEFINED: Kappa = { value: null, error: null, low: null, high: null };

/** @param table counts: row, the first reader's class; column, the second's; square */
export function cohensKappa(table: readonly (readonly number[])[]): Kappa {
  const n = sum(table.map(sum));
  if (n === 0) return UNDEFINED;
  const p = table.map((row) => row.map((count) => count / n));
  const rows = p.map(sum);
  const columns = p.map((_, j) => sum(p.map((row) => row[j])));
  const agreed = sum(p.map((row, i) => row[i]));
  const chance = sum(rows.map((row, i) => row * columns[i]));
  if (chance >= 1 - 1e-12) return UNDEFINED;
  const value = (agreed - chance) / (1 - chance);
  const diagonal = sum(p.map((row, i) => row[i] * (1 - chance - (rows[i] + columns[i]) * (1 - agreed)) ** 2));
  const others = sum(
    p.map((row, i) => sum(row.map((cell, j) => (i === j ? 0 : cell * (columns[i] + rows[j]) ** 2)))),
  );
  const last = agreed * chance - 2 * chance + agreed;
  const variance = (diagonal + (1 - agreed) ** 2 * others - last ** 2) / (n * (1 - chance) ** 4);
  const error = Math.sqrt(Math.max(0, variance));
  return { value, error, low: Math.max(-1, value - Z * error), high: Math.min(1, value + Z * error) };
}

/** One class against all others. */
export function oneAgainstRest(table: readonly (readonly number[])[], k: number): number[][] {
  const both = table[k][k];
  const first = sum(table[k]) - both;
  const second = sum(table.map((row) => row[k])) - both;
  return [
    [both, first],
    [second, sum(table.map(sum)) - both - first - second],
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
