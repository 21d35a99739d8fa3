/** Calls of the probe of a large project's pages, and their figures. */
import { median, significant } from '../stats.js';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('../large/probe.ts').Probe} Probe */

/**
 * Calls a function of the probe in the page.
 * @template {keyof Probe} Name @param {Page} page @param {Name} name @param {Parameters<Probe[Name]>} given
 * @returns {Promise<Awaited<ReturnType<Probe[Name]>>>}
 */
export function probe(page, name, ...given) {
  return page.evaluate(
    ([call, values]) => Reflect.get(globalThis, 'probe')[String(call)](...values),
    /** @type {[string, any[]]} */ ([name, given]),
  );
}

/** The median and the largest of each figure. @param {Record<string, number>[]} all */
export function middles(all) {
  return Object.fromEntries(
    Object.keys(all[0]).flatMap((name) => {
      const values = all.map((one) => one[name]);
      return [
        [name, significant(median(values))],
        [`longest${name[0].toUpperCase()}${name.slice(1)}`, significant(Math.max(...values))],
      ];
    }),
  );
}
