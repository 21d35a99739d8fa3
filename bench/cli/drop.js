/**
 * `npm run bench -- drop --data DIR`, or `ingest --browser`: times a drop of a folder into the real app until its
 * shards are committed. In turn, the same page only reads the same files and discards them: one by one, and in blobs of
 * several.
 */
import { addFolder, go, open } from '../../scripts/driver.js';
import { serve } from '../../scripts/server.js';
import { build } from '../../scripts/setup.js';
import { median, significant } from '../stats.js';
import { launch } from './chromium.js';
import { command } from './command.js';
import { DATA, folderAt } from './data.js';
import { load, print } from './output.js';

/** Concurrent reads: the number of two decode workers. */
const READS = 7;
/** Files and bytes of a blob, the same as the app's blobs of small files. */
const TOGETHER = { files: 64, bytes: 8 * 2 ** 20 };
const ALONE = { files: 1, bytes: 0 };

export const drop = command({
  name: 'drop',
  describe: 'a folder dropped into the app until its shards are committed, beside reading it alone',
  options: {
    data: { ...DATA, required: true },
    rounds: { type: 'number', default: 5, whole: true, least: 1, about: 'measurements of each' },
  },
  run: async ({ data, rounds }) => measureDrop(folderAt(data), rounds),
});

/** @param {string} folder @param {number} rounds */
export async function measureDrop(folder, rounds) {
  build();
  const server = await serve(0);
  /** @typedef {{ files: number, bytes: number, seconds: number }} Reading */
  /** @type {{ reading: Reading, together: Reading, slices: number, seconds: number }[]} */
  const lines = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const browser = await launch();
      const page = await browser.newPage();
      await open(page, server.url);
      const reading = await read(page, folder, ALONE);
      const together = await read(page, folder, TOGETHER);
      const ingest = await dropFolder(page, folder);
      lines.push({ reading, together, ...ingest });
      await browser.close();
    }
  } finally {
    await server.close();
  }
  const middle = (/** @type {(line: typeof lines[number]) => number} */ of) => median(lines.map(of));
  const reading = middle((line) => line.reading.files / line.reading.seconds);
  const ingest = middle((line) => line.reading.files / line.seconds);
  print({
    what: 'ingest, drop to shards',
    files: lines[0].reading.files,
    slices: lines[0].slices,
    rounds,
    filesPerSecond: significant(ingest),
    slicesPerSecond: significant(middle((line) => line.slices / line.seconds)),
    readingFilesPerSecond: significant(reading),
    readingTogetherFilesPerSecond: significant(middle(({ together }) => together.files / together.seconds)),
    readingMegabytesPerSecond: significant(
      middle((line) => line.reading.bytes / line.reading.seconds / 2 ** 20),
    ),
    readsInFlight: READS,
    ratio: significant(ingest / reading),
    load: load(),
  });
}

/**
 * The page reads every file, a few at a time, and discards the contents.
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
async function dropFolder(page, folder) {
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
