/** From values to pixels and back. */

export type Scale = { toPixel: (value: number) => number; toValue: (pixel: number) => number };

/** @param range pixels of the domain's two ends; the first may be the larger */
export function makeScale(domain: [number, number], range: [number, number], log = false): Scale {
  const warp = log ? (value: number) => Math.log(Math.max(value, domain[0])) : (value: number) => value;
  const unwarp = log ? Math.exp : (value: number) => value;
  const [from, to] = domain.map(warp);
  const slope = (range[1] - range[0]) / (to - from);
  return {
    toPixel: (value) => range[0] + (warp(value) - from) * slope,
    toValue: (pixel) => unwarp(from + (pixel - range[0]) / slope),
  };
}

/** An SVG path through the points that have a value. */
export function linePath<Row>(
  rows: readonly Row[],
  x: (row: Row) => number,
  y: (row: Row) => number | undefined,
  across: Scale,
  up: Scale,
): string {
  let path = '';
  for (const row of rows) {
    const value = y(row);
    if (value === undefined || !Number.isFinite(value)) continue;
    path += `${path === '' ? 'M' : 'L'}${across.toPixel(x(row)).toFixed(1)} ${up.toPixel(value).toFixed(1)}`;
  }
  return path;
}
