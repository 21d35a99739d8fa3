/** Round numbers along an axis, and the range they span. */

export type Axis = { domain: [number, number]; ticks: number[] };

/** Steps of 1, 2, 2.5 or 5 times a power of ten, about `parts` of them, from 0 or below the data to above it. */
export function linearAxis(low: number, high: number, parts: number): Axis {
  const step = niceStep(Math.max(high - low, 1e-9) / parts);
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => round((first + i) * step));
  return { domain: [ticks[0], ticks.at(-1)!], ticks };
}

/** Ticks at 1, 2 and 5 times powers of ten, thinned to powers of ten over a wide range. */
export function logAxis(low: number, high: number): Axis {
  const bottom = Math.max(low, 1e-6);
  const top = Math.max(high, bottom * 1.01);
  const firstPower = Math.floor(Math.log10(bottom));
  const lastPower = Math.ceil(Math.log10(top));
  const wide = lastPower - firstPower > 3;
  const all: number[] = [];
  for (let power = firstPower; power <= lastPower; power++) {
    for (const digit of wide ? [1] : [1, 2, 5]) all.push(round(digit * 10 ** power));
  }
  const from = Math.max(
    0,
    all.findLastIndex((tick) => tick <= bottom),
  );
  const to = all.findIndex((tick) => tick >= top);
  const ticks = all.slice(from, to < 0 ? undefined : to + 1);
  return { domain: [ticks[0], ticks.at(-1)!], ticks };
}

/** Whole steps from 0 to `last`, or to 1 if that is more. */
export function countAxis(last: number, parts: number): Axis {
  const end = Math.max(1, last);
  const step = Math.max(1, niceStep(end / parts));
  const ticks = Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);
  return { domain: [0, end], ticks };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = [1, 2, 2.5, 5, 10].find((nice) => nice * power >= rough * 0.999) ?? 10;
  return digit * power;
}

/** Removes the tail of binary fractions: 0.30000000000000004 → 0.3. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
