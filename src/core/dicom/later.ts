/**
 * Thumbnails whose enclosing sequence was removed: a picture with its own size and pixels precedes the image's
 * elements. Tags ascend (PS3.5 7.1), so no element of the image's groups may follow the pixels.
 */
import { type DataSet, dataSet, integer, note } from './dataSet.ts';
import { endOfItems, tagAt } from './resume.ts';
import { TAGS, UNDEFINED_LENGTH } from './tags.ts';
import { walk } from './walk.ts';

/** Replaces the first image's elements by the later image's, if there is one and it is not smaller. */
export function takeLaterImage(body: DataSet, implicit: boolean): void {
  const pixels = body.elements.get(TAGS.pixels);
  if (!pixels) return;
  const { start, length } = pixels;
  const from = length === UNDEFINED_LENGTH ? endOfItems(body, start) : start + length;
  if (from + 8 > body.bytes.length || tagAt(body, from) === 0 || tagAt(body, from) >= TAGS.pixels) return;
  const later = dataSet(body.bytes, body.littleEndian);
  const end = walk(later, from, implicit, () => false);
  if (typeof end !== 'number' || !later.elements.has(TAGS.pixels) || area(later) < area(body)) return;
  for (const [tag, element] of later.elements) body.elements.set(tag, element);
  note(body, 'thumbnail');
}

/** 0 if a side is missing. */
function area(data: DataSet): number {
  return (integer(data, TAGS.rows) ?? 0) * (integer(data, TAGS.columns) ?? 0);
}
