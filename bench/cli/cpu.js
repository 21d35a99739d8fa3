/** CPU time of a page's main thread: unlike a clock it does not count what other programs on the machine take. */

/**
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<() => Promise<number>>} milliseconds of all tasks so far
 */
export async function cpuClock(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
}
