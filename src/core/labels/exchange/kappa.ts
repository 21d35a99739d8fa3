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

/** `count` units that the first reader puts into class `first`, the second into class `second`. */
export type Cell = { first: number; second: number; count: number };

/**
 * What the mean of the classes' kappas would gain if the readers agreed on some units: the mean of its gains should the
 * first reader be right, and should the second. A unit of a rare class weighs more there than one of a frequent class;
 * for the kappa of all classes together every unit weighs nearly the same, and none would come first.
 * @param table as for `cohensKappa`
 * @returns for units of the table
 */
export function kappaGain(table: readonly (readonly number[])[]): (cells: readonly Cell[]) => number {
  const rows = table.map(sum);
  const columns = table.map((_, j) => sum(table.map((row) => row[j])));
  const n = sum(rows);
  const used = table.map((_, k) => k).filter((k) => rows[k] + columns[k] > 0);
  /** By class; where chance alone agrees wholly, nobody disagrees. */
  const mean = (a: readonly number[], b: readonly number[], both: readonly number[]) =>
    sum(
      used.map((k) => {
        const chance = (a[k] * b[k] + (n - a[k]) * (n - b[k])) / n ** 2;
        return chance >= 1 - 1e-12 ? 1 : 1 - (a[k] + b[k] - 2 * both[k]) / n / (1 - chance);
      }),
    ) / used.length;
  const diagonal = table.map((row, k) => row[k]);
  const now = mean(rows, columns, diagonal);
  return (cells) => {
    const gains = (['first', 'second'] as const).map((right) => {
      const [a, b, both] = [[...rows], [...columns], [...diagonal]];
      for (const { count, ...cell } of cells) {
        if (cell.first === cell.second) continue;
        const to = cell[right];
        a[cell.first] -= count;
        b[cell.second] -= count;
        for (const column of [a, b, both]) column[to] += count;
      }
      return mean(a, b, both) - now;
    });
    return n === 0 ? 0 : sum(gains) / 2;
  };
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
