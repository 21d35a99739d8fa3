/** Inflates, and undoes PNG's filters, with SIMD. The caller lays out the memory from `free` on. */
export { begin, inflate, readTo, writtenTo } from './deflate';
export { unfilter } from './lines';
export { first8, first16, gray8, gray16, swap16 } from './pixels';

export function free(): usize {
  return __heap_base;
}
