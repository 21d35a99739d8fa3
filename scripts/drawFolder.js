/** A smaller copy of a folder of datasets: of each class of each dataset a seeded draw of whole files, as links. */
import { createHash } from 'node:crypto';
import { copyFileSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Files are drawn by the hash of their path and the seed: the same ones on every machine. How many slices a file has is
 * taken from the counts of `datasets.json`, else it counts as one; one file is always drawn.
 * @param {string} from @param {string} to
 * @param {{ most: number, seed: number, without: readonly string[] }} draw `most`: slices of a class of a dataset
 * @returns {{ files: number, of: number }}
 */
export function drawFolder(from, to, { most, seed, without }) {
  let [files, of] = [0, 0];
  const rows = rowsOf(join(from, 'datasets.json'));
  for (const dataset of folders(from)) {
    for (const label of folders(join(from, dataset))) {
      const paths = filesBelow(join(from, dataset, label)).map((path) => join(dataset, label, path));
      of += paths.length;
      if (without.includes(dataset)) continue;
      const slices = rows?.find(({ name }) => name === dataset)?.slices?.[label] ?? paths.length;
      const drawn = drawnOf(paths, Math.max(1, Math.round((most * paths.length) / slices)), seed);
      for (const path of drawn) link(join(from, path), join(to, path));
      files += drawn.length;
    }
  }
  if (rows)
    writeFileSync(
      join(to, 'datasets.json'),
      JSON.stringify(
        rows.filter(({ name }) => !without.includes(name)),
        null,
        1,
      ),
    );
  return { files, of };
}

/** @param {readonly string[]} paths @param {number} count @param {number} seed @returns {string[]} */
export function drawnOf(paths, count, seed) {
  const place = (/** @type {string} */ path) =>
    createHash('sha256')
      .update(`${seed}:${path.replaceAll('\\', '/')}`)
      .digest('hex');
  return paths
    .map((path) => ({ path, at: place(path) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .slice(0, count)
    .map(({ path }) => path)
    .sort();
}

/** @param {string} file @returns {{ name: string, slices?: Record<string, number> }[] | null} */
function rowsOf(file) {
  try {
    const rows = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(rows) ? rows : null;
  } catch {
    return null;
  }
}

/** @param {string} folder */
function folders(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => name);
}

/** Paths below a folder. @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? filesBelow(join(folder, one.name)).map((path) => join(one.name, path)) : [one.name],
  );
}

/** A link where the disk allows one, else a copy. @param {string} from @param {string} to */
function link(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
