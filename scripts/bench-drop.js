/**
 * `npm run bench -- ingest --browser --data DIR`: a folder dropped into the real app until its shards are committed,
 * beside the same page reading the same files and throwing them away, in turn: one by one, and in blobs of several.
 */
import { loadavg } from 'node:os';
import { requireChromium } from './browser.js';
import { addFolder, go, open } from './driver.js';
import { serve } from './server.js';
import { build } from './setup.js';

/** Reads in flight: what two decode workers have. */
const READS = 7;
/** Files and bytes of a blob, as the app packs small files. */
const TOGETHER = { files: 64, bytes: 8 * 2 ** 20 };
const ALONE = { files: 1, bytes: 0 };

/** @param {string} folder @param {number} rounds */
export async function benchDrop(folder, rounds) {
  build();
  const { chromium } = await import('@playwright/test');
  const executablePath = await requireChromium();
  const server = await serve(0);
  /** @typedef {{ files: number, bytes: number, seconds: number }} Reading */
  /** @type {{ reading: Reading, together: Reading, slices: number, seconds: number }[]} */
  const lines = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
      const page = await browser.newPage();
      await open(page, server.url);
      const reading = await read(page, folder, ALONE);
      const together = await read(page, folder, TOGETHER);
      const ingest = await drop(page, folder);
      lines.push({ reading, together, ...ingest });
      await browser.close();
    }
  } finally {
    await server.close();
  }
  const middle = (/** @type {(line: typeof lines[number]) => number} */ of) => median(lines.map(of));
  const reading = middle((line) => line.reading.files / line.reading.seconds);
  const ingest = middle((line) => line.reading.files / line.seconds);
  console.log(
    JSON.stringify({
      what: 'ingest, drop to shards',
      files: lines[0].reading.files,
      slices: lines[0].slices,
      rounds,
      filesPerSecond: round3(ingest),
      slicesPerSecond: round3(middle((line) => line.slices / line.seconds)),
      readingFilesPerSecond: round3(reading),
      readingTogetherFilesPerSecond: round3(middle(({ together }) => together.files / together.seconds)),
      readingMegabytesPerSecond: round3(
        middle((line) => line.reading.bytes / line.reading.seconds / 2 ** 20),
      ),
      readsInFlight: READS,
      ratio: round3(ingest / reading),
      load: Number(loadavg()[0].toFixed(1)),
    }),
  );
}

/**
 * The page reads every file, a few at a time, and keeps nothing.
 * @param {import('@playwright/test').Page} page @param {string} folder @param {{ files: number, bytes: number }} most
 */
async function read(page, folder, most) {
  await page.evaluate(() => {
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', webkitdirectory: true, id: 'bench-read' });
    document.body.append(input);
  });
  await page.locator('#bench-read').setInputFiles(folder);
  return page.evaluate(
    async ({ reads, most }) => {
      const input = /** @type {HTMLInputElement} */ (document.getElementById('bench-read'));
      const files = [...(input.files ?? [])];
      input.remove();
      const { length } = files;
      let bytes = 0;
      const begun = performance.now();
      const take = () => {
        const some = files.splice(-1);
        if (most.files === 1) return some[0];
        let size = some[0]?.size ?? 0;
        for (let next = files.at(-1); next && some.length < most.files; next = files.at(-1)) {
          size += next.size;
          if (size > most.bytes) break;
          some.push(...files.splice(-1));
        }
        return some.length > 0 ? new Blob(some) : undefined;
      };
      const reader = async () => {
        for (let blob = take(); blob; blob = take()) {
          const { byteLength } = await blob.arrayBuffer();
          bytes += byteLength;
        }
      };
      await Promise.all(Array.from({ length: reads }, reader));
      return { files: length, bytes, seconds: (performance.now() - begun) / 1000 };
    },
    { reads: READS, most },
  );
}

/** The app's own figures of the job. @param {import('@playwright/test').Page} page @param {string} folder */
async function drop(page, folder) {
  await go(page, 'data');
  // From the change of the input to the end of the job, without the test driver's own delays.
  await page.evaluate(() => {
    const times = { begun: 0, ended: 0 };
    Object.assign(globalThis, { times });
    document.addEventListener('change', () => (times.begun = performance.now()), { capture: true });
    new MutationObserver(() => {
      const running = document.querySelector('[data-testid="job-bar"]') !== null;
      if (running) times.ended = 0;
      else if (times.ended === 0) times.ended = performance.now();
    }).observe(document.body, { childList: true, subtree: true });
  });
  await addFolder(page, folder);
  const seconds = await page.evaluate(() => {
    const { times } = /** @type {{ times: { begun: number, ended: number } }} */ (
      /** @type {unknown} */ (globalThis)
    );
    return (times.ended - times.begun) / 1000;
  });
  const slices = await page.evaluate(
    () =>
      /** @type {Promise<number>} */ (
        new Promise((resolve, reject) => {
          const opening = indexedDB.open('modality-lab');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const all = opening.result.transaction('shards').objectStore('shards').getAll();
            all.onsuccess = () => resolve(all.result.reduce((sum, { count }) => sum + count, 0));
          };
        })
      ),
  );
  return { slices, seconds };
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** @param {number} value */
function round3(value) {
  return Number(value.toPrecision(3));
}
