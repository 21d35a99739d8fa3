/** Where a slice lies along the normal of its plane (PS3.3 C.7.6.2.1.1). */
import { type DataSet, text } from './dataSet.ts';
import { TAGS } from './tags.ts';

/** In mm; null if the header does not say. */
export function positionOf(body: DataSet): number | null {
  const [x, y, z] = numbers(text(body, TAGS.position));
  const [a, b, c, d, e, f] = numbers(text(body, TAGS.orientation));
  const along = x * (b * f - c * e) + y * (c * d - a * f) + z * (a * e - b * d);
  return Number.isFinite(along) ? along : null;
}

function numbers(values: string): number[] {
  return values.split('\\').map((value) => (value.trim() === '' ? Number.NaN : Number(value)));
}
